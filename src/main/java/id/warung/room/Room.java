package id.warung.room;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Committers;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Position;
import id.warung.log.Principal;
import id.warung.log.RoomState;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One open room on this node: the recent part of its log, its transient state, and its readers. Any thread may call any
 * method; none blocks. Entries come in one way, in the order of seq: a committed one that is the next one at once, all others from the
 * log, through {@link Pull}. They leave through {@link Subscription}s only.
 */
public final class Room {
    /**
     * The components that rooms of a kind share.
     *
     * @param fanOut notifies readers
     * @param blocking reads the log
     * @param tails limits the memory for the recent entries of all rooms
     * @param pacing when a large room is told of news
     * @param maxLagEntries a reader further behind, and behind the tail, receives a gap
     */
    public record Dependencies(
            MessageLog log,
            Committers committers,
            Codec codec,
            EntryCodec entries,
            Executor fanOut,
            Executor blocking,
            TailBudget tails,
            Pacing pacing,
            long maxLagEntries,
            Presence.Times presence) {}

    private final String name;
    private final Dependencies dependencies;
    private final Tail tail;
    private final Pull pull;
    private volatile Archive archive; // null until a reader needs entries older than the tail
    private final Presence presence;
    private final Consumer<Room> tickLater;
    private final Stripes readers;
    private final AtomicInteger waitingPosts = new AtomicInteger();
    private final AtomicReference<RoomState> state;
    private long first = 1; // the lowest seq that the log has; for the pull
    private volatile boolean closed; // set under this lock

    /** Opens a room; it calls {@code tickLater} when {@link #tick} must be called from now on. */
    Room(RoomState state, Dependencies dependencies, Consumer<Room> tickLater) {
        this.name = state.room();
        this.state = new AtomicReference<>(state);
        this.dependencies = dependencies;
        this.tickLater = tickLater;
        this.tail = new Tail(state.head().seq(), state.n(), dependencies.tails());
        dependencies.tails().opened(tail);
        this.pull = new Pull(this, dependencies.log(), dependencies.blocking());
        this.presence = new Presence(name, dependencies.presence());
        this.readers = new Stripes(name, dependencies.fanOut(), dependencies.pacing(), tail::head);
    }

    public String name() {
        return name;
    }

    public String epoch() {
        return state.get().head().epoch();
    }

    /** The seq of the latest entry; 0 when there is none. */
    public long head() {
        return tail.head();
    }

    /** The number of messages up to the head. */
    public long n() {
        return tail.n();
    }

    /** The state that follows from the entries up to the head, or shortly beyond. Every entry updates it, as in the log. */
    public RoomState state() {
        return state.get();
    }

    /**
     * Hands an append request to the log.
     *
     * @return false when the room has just been closed: open it again
     */
    public boolean post(AppendRequest request) {
        waitingPosts.incrementAndGet();
        if (closed) {
            waitingPosts.decrementAndGet();
            return false;
        }
        dependencies.committers().offer(request.with(result -> settled(request, result)));
        return true;
    }

    /** Everybody who is known by name, here and on other nodes; nobody when nobody is here on this node. */
    public RoomPart everybody() {
        return presence.everybody();
    }

    int count() {
        return presence.count();
    }

    /** There is something to publish, or to try again. */
    void tickLater() {
        tickLater.accept(this);
    }

    /** The user is typing. */
    public void markTyping(User user) {
        presence.markTyping(user);
        tickLater();
    }

    /** The user has a new name; no effect if they are not here. */
    public void renamed(User user) {
        presence.renamed(user);
        tickLater();
    }

    /** Who is here on other nodes. */
    void setOthers(Collection<RoomPart> parts) {
        presence.setOthers(parts);
        tickLater();
    }

    /** For an inbox: its owner has read this far in another room. */
    public void hasRead(Reply.Reads.Mark mark) {
        presence.hasRead(mark);
        tickLater();
    }

    /** For an inbox: so much is unread in rooms that its owner does not read now. */
    void counted(Collection<Reply.Unread.Count> counts) {
        presence.counted(counts);
        tickLater();
    }

    /**
     * Subscribes to the entries after a seq.
     *
     * @param who the user, with the rights that they have at the time
     * @param plain whether the reader receives the bare texts of all other users, instead of JSON
     * @return null when the room has just been closed: open it again
     */
    public synchronized Subscription subscribe(Reader reader, long after, Supplier<Principal> who, boolean plain) {
        if (closed) {
            return null;
        }
        User user = who.get().user();
        boolean newcomer = presence.enter(user);
        tickLater();
        Subscription subscription = new Subscription(this, reader, after, user, who, plain, newcomer);
        readers.add(reader);
        return subscription;
    }

    synchronized void remove(Subscription subscription) {
        if (readers.remove(subscription.reader())) {
            presence.leave(subscription.user());
            tickLater();
        }
    }

    /** Whether the room was closed because it had no readers; to read it, open it again. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the room if it has no readers and nothing waits to be written. */
    synchronized boolean closeIfIdle() {
        if (closed) {
            return true;
        }
        closed = readers.isEmpty() && waitingPosts.get() == 0; // in this order: a post counts itself before it checks
        if (closed) {
            dependencies.tails().closed(tail);
        }
        return closed;
    }

    /** The room's log is another one now: closes the room, and asks its readers to come back to the new one. */
    synchronized void abandon() {
        closed = true;
        dependencies.tails().closed(tail);
        readers.restart();
    }

    /** Another node may have written something. Returns at once. */
    public void pull() {
        pull.ask();
    }

    /** The log's head was at this seq a moment ago; 0 when the room did not exist. Returns at once. */
    public void pull(long seq) {
        if (seq < head()) {
            pull.ask(); // it may have lost entries
        } else {
            pull.reaches(seq);
        }
    }

    /** Completes, on the log's thread, once the room has everything that is in the log now; fails when the log cannot be read. */
    CompletionStage<Room> whole() {
        return pull.whole();
    }

    /** An entry was committed by this node. */
    void onCommitted(CommittedEntry written) {
        Entry entry = written.entry();
        if (written.replaces()) {
            return; // what it replaces is discarded with the deletion
        }
        if (isAnother(written.state().head())) {
            abandon();
            return;
        }
        applyState(written.state());
        if (!enter(entry, written.n())) {
            pull.reaches(entry.seq());
        }
    }

    /** A page of the log after this seq, which was the head then, was read in one snapshot. */
    void onRead(long after, MessageLog.Page page) {
        if (isAnother(page.head()) || page.head().seq() < after) {
            abandon();
            return;
        }
        applyState(page.state());
        if (page.first() > first) {
            first = page.first();
            discard(first);
        }
        for (Entry entry : page.entries()) {
            long n = dependencies.entries().header(entry.json()).n();
            tail.skipTo(first - 1, n - 1);
            boolean unused = enter(entry, n);
        }
        if (page.entries().isEmpty()) {
            tail.skipTo(first - 1, page.state().n());
        }
        wake();
    }

    /** Whether this is the head of another log. A room that was empty when it was opened may get its epoch with its first entry. */
    private boolean isAnother(Position itsHead) {
        return !itsHead.epoch().equals(epoch()) && head() > 0;
    }

    /**
     * The one way in. The state from then on is known already: a removed member must not receive what follows. Returns whether it was
     * the next entry.
     */
    private boolean enter(Entry entry, long n) {
        if (entry.seq() != tail.head() + 1) {
            return false;
        }
        if (dependencies.entries().isDeletion(entry.json())) {
            discard(entry.seq()); // not only what it erases: earlier parts of a long deletion may have been written
            // by another node
        }
        boolean entered = tail.add(entry, n);
        if (entered && presence.recordPost(entry.authorId())) {
            tickLater();
        }
        return entered;
    }

    /** Discards the entries before this seq, which were trimmed or erased: who needs them reads them from the log, if they are there. */
    void discard(long before) {
        tail.discard(before);
        Archive older = archive; // an archive created later reads what is already written
        if (older != null) {
            older.discard(before);
        }
    }

    /** Applies a state unless a later one is known: several threads may each bring one. */
    private void applyState(RoomState its) {
        state.accumulateAndGet(
                its, (now, next) -> next.head().seq() > now.head().seq() ? next : now);
    }

    /** Notifies the readers that there is more; a large room's after a pause. */
    void wake() {
        readers.wake();
    }

    /**
     * Publishes the transient state if it has changed; returns whether to call this again.
     *
     * @param others tells it to other nodes; null when there are none
     */
    boolean tick(long nowNanos, RoomPart.Listener others) {
        if (closed) {
            return false;
        }
        boolean news = presence.tick(
                nowNanos, reply -> Frame.ofReplies(dependencies.codec().encodeFrame(reply)));
        if (news) {
            wake();
        }
        RoomPart part = others == null ? null : presence.takePart(nowNanos);
        if (part != null) {
            others.changed(name, part);
        }
        pull.retry();
        return presence.hasPendingChanges() || pull.isBehind() || (others != null && presence.owesPart());
    }

    Presence presence() {
        return presence;
    }

    Block recent(long seq) {
        return tail.block(seq);
    }

    /** The lag policy for a reader behind the tail: the seq from which to continue, the first of a block so that others share it. */
    long reachable(long next) {
        long behind = head() - next;
        return behind <= dependencies.maxLagEntries()
                ? next
                : Block.numberOf(head() - dependencies.maxLagEntries()) * Block.ENTRIES + 1;
    }

    Archive.Part older(long seq, Reader reader) {
        Archive older = archive;
        return (older == null ? archive() : older).part(seq, reader);
    }

    private synchronized Archive archive() {
        if (archive == null) {
            archive = new Archive(name, dependencies.log(), this::head, dependencies.blocking());
        }
        return archive;
    }

    /** A message's text, otherwise null. */
    String textOf(Entry entry) {
        return dependencies.entries().textOf(entry.json());
    }

    /** An entry of an inbox, as this reader may see it. */
    byte[] notice(byte[] entry, Principal reader) {
        return dependencies.entries().notice(entry, reader::covers);
    }

    Frame frame(Reply reply) {
        return Frame.ofReplies(dependencies.codec().encodeFrame(reply));
    }

    /** Keeps the room open until its readers have been notified as well. */
    private Runnable settled(AppendRequest request, AppendResult result) {
        try {
            if (result instanceof AppendResult.Duplicate duplicate) {
                pull.reaches(
                        duplicate.state().head().seq()); // written though it seemed to have failed, or by another node
            }
            Runnable then = request.callback().settled(result);
            return () -> {
                waitingPosts.decrementAndGet();
                then.run();
            };
        } catch (RuntimeException | Error e) { // otherwise the room would stay open for ever
            waitingPosts.decrementAndGet();
            throw e;
        }
    }
}
