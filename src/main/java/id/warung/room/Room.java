package id.warung.room;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Committer;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.RoomState;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One open room on this node: the recent part of its log, its transient state, and its readers. Any thread may call any
 * method; none blocks. Data enters through {@link #post} only, and leaves through {@link Subscription}s only.
 */
public final class Room {
    /**
     * The components that rooms of a kind share.
     *
     * @param fanOut notifies readers
     * @param blocking reads the log
     * @param tails limits the memory for the recent entries of all rooms
     * @param maxLagEntries a reader further behind, and behind the tail, receives a gap
     */
    public record Dependencies(
            MessageLog log,
            Committer committer,
            Codec codec,
            EntryCodec entries,
            Executor fanOut,
            Executor blocking,
            TailBudget tails,
            long maxLagEntries,
            Presence.Times presence) {}

    private final String name;
    private final Dependencies dependencies;
    private final Tail tail;
    private volatile Archive archive; // null until a reader needs entries older than the tail
    private final Presence presence;
    private final Consumer<Room> tickLater;
    private final CopyOnWriteArrayList<Stripe> stripes = new CopyOnWriteArrayList<>();
    private final AtomicInteger waitingPosts = new AtomicInteger();
    private final AtomicReference<RoomState> state;
    private volatile boolean closed; // set under this lock

    /** Opens a room; it calls {@code tickLater} when {@link #tick} must be called from now on. */
    Room(RoomState state, Dependencies dependencies, Consumer<Room> tickLater) {
        this.name = state.room();
        this.state = new AtomicReference<>(state);
        this.dependencies = dependencies;
        this.tickLater = tickLater;
        this.tail = new Tail(state.head().seq(), state.n(), dependencies.tails());
        dependencies.tails().opened(tail);
        this.presence = new Presence(name, dependencies.presence());
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
        dependencies.committer().offer(request.with(result -> settled(request, result)));
        return true;
    }

    /** The user is typing. */
    public void markTyping(User user) {
        presence.markTyping(user);
        tickLater.accept(this);
    }

    /** The user has a new name; no effect if they are not here. */
    public void renamed(User user) {
        presence.renamed(user);
        tickLater.accept(this);
    }

    /** For an inbox: its owner has read this far in another room. */
    public void hasRead(Reply.Reads.Mark mark) {
        presence.hasRead(mark);
        tickLater.accept(this);
    }

    /**
     * Subscribes to the entries after a seq.
     *
     * @param plain whether the reader receives the bare texts of all other users, instead of JSON
     * @return null when the room has just been closed: open it again
     */
    public synchronized Subscription subscribe(Reader reader, long after, User user, boolean plain) {
        if (closed) {
            return null;
        }
        boolean newcomer = presence.enter(user);
        tickLater.accept(this);
        Subscription subscription = new Subscription(this, reader, after, user, plain, newcomer);
        for (Stripe stripe : stripes) {
            if (stripe.add(reader)) {
                return subscription;
            }
        }
        Stripe added = new Stripe(name, dependencies.fanOut());
        added.add(reader);
        stripes.add(added);
        return subscription;
    }

    synchronized void remove(Subscription subscription) {
        for (Stripe stripe : stripes) {
            if (stripe.remove(subscription.reader())) {
                presence.leave(subscription.user());
                tickLater.accept(this);
                return;
            }
        }
    }

    /** Whether the room was closed because it had no readers; to read it, open it again. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the room if it has no readers and nothing waits to be written. */
    synchronized boolean closeIfIdle() {
        closed = closed || stripes.stream().allMatch(Stripe::isEmpty);
        closed = closed && waitingPosts.get() == 0; // in this order: a post counts itself before it checks
        if (closed) {
            dependencies.tails().closed(tail);
        }
        return closed;
    }

    /** An entry was committed. Called in the order of seq, except for entries known when the room was opened; on the log's thread. */
    void onCommitted(CommittedEntry written) {
        applyState(written.state()); // before the entry can be read: a removed member must not receive what follows
        Entry entry = written.entry();
        if (written.replaces()) {
            tail.replace(entry);
            Archive older = archive; // an archive created later reads what is already written
            if (older != null) {
                older.drop(entry.seq());
            }
        } else if (entry.seq() > tail.head()) {
            missed(entry.seq() - 1);
            tail.add(entry, written.n());
            if (presence.recordPost(entry.authorId())) {
                tickLater.accept(this);
            }
        }
    }

    /** An entry was committed while the room was being opened: it is read from the log, unless the room has already seen it. */
    void onCommittedWhileOpening(CommittedEntry written) {
        if (written.replaces()) {
            onCommitted(written); // somebody may have read the replaced entry
            return;
        }
        applyState(written.state());
        tail.reaches(written.entry().seq(), written.n());
        wake();
    }

    /** The log reaches this seq. If the room missed entries, it also missed what they may have erased. */
    private void missed(long seq) {
        if (seq > tail.head()) {
            tail.drop();
            Archive older = archive;
            if (older != null) {
                older.trim(seq + 1);
            }
        }
    }

    /** Entries before this seq have been trimmed: readers that are not beyond it receive a gap. */
    void trimmed(long first) {
        tail.trim(first);
        Archive older = archive;
        if (older != null) {
            older.trim(first);
        }
    }

    /** Applies a state unless a later one is known: while the room is being opened, two threads may each bring one. Null: unchanged. */
    private void applyState(RoomState its) {
        if (its != null) {
            state.accumulateAndGet(
                    its, (now, next) -> next.head().seq() > now.head().seq() ? next : now);
        }
    }

    /** Notifies the readers that there is more. */
    void wake() {
        stripes.forEach(Stripe::wake);
    }

    /** Publishes the transient state if it has changed; returns whether to call this again. */
    boolean tick(long nowNanos) {
        if (closed) {
            return false;
        }
        boolean news = presence.tick(
                nowNanos, reply -> Frame.ofReplies(dependencies.codec().encodeFrame(reply)));
        if (news) {
            wake();
        }
        return presence.hasPendingChanges();
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
            archive = new Archive(name, dependencies.log(), dependencies.blocking());
        }
        return archive;
    }

    /** A message's text, otherwise null. */
    String textOf(Entry entry) {
        return dependencies.entries().textOf(entry.json());
    }

    Frame frame(Reply reply) {
        return Frame.ofReplies(dependencies.codec().encodeFrame(reply));
    }

    /** Keeps the room open until its readers have been notified as well. */
    private Runnable settled(AppendRequest request, AppendResult result) {
        try {
            if (result instanceof AppendResult.Duplicate duplicate) {
                catchUp(duplicate.state());
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

    /** The first attempt of a repeated request may have been written though it was reported as failed. */
    private void catchUp(RoomState now) {
        applyState(now);
        missed(now.head().seq());
        tail.reaches(now.head().seq(), now.n());
        wake();
    }
}
