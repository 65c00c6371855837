package id.warung.room;

import id.warung.log.Committer;
import id.warung.log.Draft;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Outcome;
import id.warung.log.Position;
import id.warung.protocol.Codec;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One room on this node: the recent part of its log and who reads it. Any thread may call any method; none blocks.
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
            Executor fanOut,
            Executor blocking,
            TailBudget tails,
            long maxLagEntries) {}

    private final String name;
    private final String epoch;
    private final Parts parts;
    private final Tail tail;
    private final Archive archive;
    private final CopyOnWriteArrayList<Stripe> stripes = new CopyOnWriteArrayList<>();
    private final AtomicInteger waitingPosts = new AtomicInteger();
    private volatile boolean closed; // set under this

    Room(String name, Position head, Parts parts) {
        this.name = name;
        this.epoch = head.epoch();
        this.parts = parts;
        this.tail = new Tail(head.seq(), parts.tails());
        parts.tails().opened(tail);
        this.archive = new Archive(name, parts.log(), parts.blocking());
    }

    public String name() {
        return name;
    }

    public String epoch() {
        return epoch;
    }

    /** The seq of the latest entry; 0 when nothing was said. */
    public long head() {
        return tail.head();
    }

    /**
     * Hands a message to the log.
     *
     * @param receipt hears of it on the log's thread
     * @return false when too much waits to be written, or nobody reads the room any more
     */
    public boolean post(User author, String id, String text, Draft.Receipt receipt) {
        waitingPosts.incrementAndGet();
        boolean taken = !closed && parts.committer().offer(new Draft(name, author, id, text, new Publishing(receipt)));
        if (!taken) {
            waitingPosts.decrementAndGet();
        }
        return taken;
    }

    /**
     * Reads from after a seq on.
     *
     * @param plainReaderId null for JSON; else the reader gets the bare texts of all but this user
     * @return null when the room has just been closed: open it anew
     */
    public synchronized Subscription subscribe(Reader reader, long after, String plainReaderId) {
        if (closed) {
            return null;
        }
        Subscription subscription = new Subscription(this, reader, after, plainReaderId);
        for (Stripe stripe : stripes) {
            if (stripe.add(reader)) {
                return subscription;
            }
        }
        Stripe added = new Stripe(parts.fanOut());
        added.add(reader);
        stripes.add(added);
        return subscription;
    }

    synchronized void remove(Subscription subscription) {
        for (Stripe stripe : stripes) {
            if (stripe.remove(subscription.reader())) {
                return;
            }
        }
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
        return archive.part(seq, reader);
    }

    /** A message's text, else null. */
    String textOf(Entry entry) {
        return parts.codec().textOf(entry.json());
    }

    Frame gap(long from, long to) {
        return Frame.ofReplies(parts.codec().encodeFrame(new Reply.Gap(name, from, to)));
    }

    /** Between the log and the author's session: puts what was committed before the readers. */
    private final class Publishing implements Draft.Receipt {
        private final Draft.Receipt author;

        Publishing(Draft.Receipt author) {
            this.author = author;
        }

        @Override
        public void settled(Outcome outcome) {
            if (outcome instanceof Outcome.Committed committed) {
                tail.add(committed.entry());
            } else if (outcome instanceof Outcome.Duplicate duplicate) {
                tail.reaches(
                        duplicate.seq()); // the first attempt may have been written though it was said to have failed
            }
            author.settled(outcome);
        }

        @Override
        public void groupSettled() {
            waitingPosts.decrementAndGet();
            stripes.forEach(Stripe::wake);
            author.groupSettled();
        }
    }
}
