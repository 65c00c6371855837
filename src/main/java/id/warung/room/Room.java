package id.warung.room;

import id.warung.log.Committer;
import id.warung.log.Draft;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Outcome;
import id.warung.log.RoomState;
import id.warung.log.Written;
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
 * One room on this node: the recent part of its log, how it is now, and who reads it. Any thread may call any method; none blocks.
 * Data goes in by {@link #post} alone and comes out through {@link Subscription}s alone.
 */
public final class Room {
    /**
     * What rooms of a kind share.
     *
     * @param fanOut runs what tells readers
     * @param blocking runs what reads the log
     * @param tails what the recent entries of all rooms may take in memory
     * @param maxLagEntries a reader who is further behind is told of a gap and continues from here
     */
    public record Parts(
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
    private final Parts parts;
    private final Tail tail;
    private volatile Archive archive; // null until somebody wants what is older than the tail
    private final Presence presence;
    private final Consumer<Room> restless;
    private final CopyOnWriteArrayList<Stripe> stripes = new CopyOnWriteArrayList<>();
    private final AtomicInteger waitingPosts = new AtomicInteger();
    private final AtomicReference<RoomState> state;
    private volatile boolean closed; // set under this

    /** Tells {@code restless} when {@link #tick} is to be called from now on. */
    Room(RoomState state, Parts parts, Consumer<Room> restless) {
        this.name = state.room();
        this.state = new AtomicReference<>(state);
        this.parts = parts;
        this.restless = restless;
        this.tail = new Tail(state.head().seq(), state.n(), parts.tails());
        parts.tails().opened(tail);
        this.presence = new Presence(name, parts.presence());
    }

    public String name() {
        return name;
    }

    public String epoch() {
        return state.get().head().epoch();
    }

    /** The seq of the latest entry; 0 when nothing was said. */
    public long head() {
        return tail.head();
    }

    /** How many messages there have been up to the head. */
    public long n() {
        return tail.n();
    }

    /** What its entries have made of it, up to its head or a moment beyond. Each entry moves it, so it is what the log would answer. */
    public RoomState state() {
        return state.get();
    }

    /**
     * Hands a command to the log.
     *
     * @return false when the room has just been closed: open it anew
     */
    public boolean post(Draft draft) {
        waitingPosts.incrementAndGet();
        if (closed) {
            waitingPosts.decrementAndGet();
            return false;
        }
        parts.committer().offer(draft.with(outcome -> settled(draft, outcome)));
        return true;
    }

    /** Somebody is writing. */
    public void types(User user) {
        presence.types(user);
        restless.accept(this);
    }

    /** Somebody has another name; of no effect when they are not here. */
    public void renamed(User user) {
        presence.renamed(user);
        restless.accept(this);
    }

    /** For an inbox: its owner has read as far as this in another room. */
    public void hasRead(Reply.Reads.Mark mark) {
        presence.hasRead(mark);
        restless.accept(this);
    }

    /**
     * Reads from after a seq on.
     *
     * @param plain whether the reader gets the bare texts of all but himself, instead of JSON
     * @return null when the room has just been closed: open it anew
     */
    public synchronized Subscription subscribe(Reader reader, long after, User user, boolean plain) {
        if (closed) {
            return null;
        }
        boolean newcomer = presence.enter(user);
        restless.accept(this);
        Subscription subscription = new Subscription(this, reader, after, user, plain, newcomer);
        for (Stripe stripe : stripes) {
            if (stripe.add(reader)) {
                return subscription;
            }
        }
        Stripe added = new Stripe(name, parts.fanOut());
        added.add(reader);
        stripes.add(added);
        return subscription;
    }

    synchronized void remove(Subscription subscription) {
        for (Stripe stripe : stripes) {
            if (stripe.remove(subscription.reader())) {
                presence.leave(subscription.user());
                restless.accept(this);
                return;
            }
        }
    }

    /** Nobody reads it any more; who wants to opens it anew. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the room if nobody reads it and nothing waits to be written. */
    synchronized boolean closeIfIdle() {
        closed = closed || stripes.stream().allMatch(Stripe::isEmpty);
        closed = closed && waitingPosts.get() == 0; // in this order: a post counts itself before it looks
        if (closed) {
            parts.tails().closed(tail);
        }
        return closed;
    }

    /** An entry was committed. In the order of seq, but for those it knew already when it was opened; on the log's thread. */
    void written(Written written) {
        become(written.state()); // before the entry can be read: who is no member any more must not get what follows
        Entry entry = written.entry();
        if (written.replaces()) {
            tail.replace(entry);
            Archive older = archive; // one that is made later reads what is written already
            if (older != null) {
                older.drop(entry.seq());
            }
        } else if (entry.seq() > tail.head()) {
            missed(entry.seq() - 1);
            tail.add(entry, written.n());
            if (presence.spoke(entry.authorId())) {
                restless.accept(this);
            }
        }
    }

    /** An entry was committed while the room was being opened: it is read from the log, if the room has not seen it. */
    void writtenMeanwhile(Written written) {
        if (written.replaces()) {
            written(written); // somebody may have read what it was
            return;
        }
        become(written.state());
        tail.reaches(written.entry().seq(), written.n());
        wake();
    }

    /** The log goes as far as this. If it was not told of all of that, it was not told either of what that may have erased. */
    private void missed(long seq) {
        if (seq > tail.head()) {
            tail.drop();
            Archive older = archive;
            if (older != null) {
                older.trim(seq + 1);
            }
        }
    }

    /** What is before this seq is kept no longer: readers who are not beyond it are told of a gap. */
    void trimmed(long first) {
        tail.trim(first);
        Archive older = archive;
        if (older != null) {
            older.trim(first);
        }
    }

    /** The later state holds, for two threads may bring one each while the room is being opened; null: it is as it was. */
    private void become(RoomState its) {
        if (its != null) {
            state.accumulateAndGet(
                    its, (now, next) -> next.head().seq() > now.head().seq() ? next : now);
        }
    }

    /** Tells the readers that there is more. */
    void wake() {
        stripes.forEach(Stripe::wake);
    }

    /** Looks whether there is something new about how the room is now; returns whether it is to be looked again. */
    boolean tick(long nowNanos) {
        if (closed) {
            return false;
        }
        boolean news =
                presence.tick(nowNanos, reply -> Frame.ofReplies(parts.codec().encodeFrame(reply)));
        if (news) {
            wake();
        }
        return presence.isRestless();
    }

    Presence presence() {
        return presence;
    }

    Block recent(long seq) {
        return tail.block(seq);
    }

    /** The lag policy for a reader who is behind the tail: the seq to go on from, a block's first so that others share it. */
    long reachable(long next) {
        long behind = head() - next;
        return behind <= parts.maxLagEntries()
                ? next
                : Block.numberOf(head() - parts.maxLagEntries()) * Block.ENTRIES + 1;
    }

    Archive.Part older(long seq, Reader reader) {
        Archive older = archive;
        return (older == null ? archive() : older).part(seq, reader);
    }

    private synchronized Archive archive() {
        if (archive == null) {
            archive = new Archive(name, parts.log(), parts.blocking());
        }
        return archive;
    }

    /** A message's text, else null. */
    String textOf(Entry entry) {
        return parts.entries().textOf(entry.json());
    }

    Frame frame(Reply reply) {
        return Frame.ofReplies(parts.codec().encodeFrame(reply));
    }

    /** Keeps the room open until its readers have been told as well. */
    private Runnable settled(Draft draft, Outcome outcome) {
        Runnable then;
        try {
            if (outcome instanceof Outcome.Duplicate duplicate) {
                // the first attempt may have been written though it was said to have failed
                become(duplicate.state());
                missed(duplicate.state().head().seq());
                tail.reaches(duplicate.state().head().seq(), duplicate.state().n());
                wake();
            }
            then = draft.receipt().settled(outcome);
        } catch (RuntimeException | Error e) { // else the room would stay open for ever
            waitingPosts.decrementAndGet();
            throw e;
        }
        return () -> {
            waitingPosts.decrementAndGet();
            then.run();
        };
    }
}
