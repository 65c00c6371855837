package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.log.Position;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.pump.Pump;
import id.warung.room.Room;
import id.warung.room.Subscription;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does what one client says, one command after another, off the container's threads. {@link #offer} may be called by
 * any thread; the rest runs in the pump.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());
    private static final int SPARE_REPLIES = 8;

    private final ChatSession session;
    private final Services services;
    private final Cursors cursors;
    private final ArrayDeque<Said> said = new ArrayDeque<>(2);
    private final AtomicLong waitingBytes = new AtomicLong(); // said or posted, and not yet settled
    private final AtomicInteger acksToCome = new AtomicInteger();
    private final Pump pump;
    private Opening opening;

    /** A command, or why what came is none. */
    private record Said(Command command, Refused refused) {
        private int weight() {
            return command instanceof Command.Post post ? 2 * post.text().length() + 256 : 256;
        }

        private String id() {
            return command instanceof Command.Post post ? post.id() : null;
        }
    }

    /** A join that waits for its room. */
    private record Opening(Command.Join join, CompletableFuture<Room> room) {}

    Conversation(ChatSession session, Services services, Cursors cursors) {
        this.session = session;
        this.services = services;
        this.cursors = cursors;
        this.pump = new Pump(this::step, services.executor());
    }

    /** Takes a command in; one that is too much is refused. */
    void offer(Command command) {
        offer(new Said(command, null));
    }

    /** Takes in what was refused before it was a command: it is answered in its turn. */
    void offer(Refused refused) {
        offer(new Said(null, refused));
    }

    private void offer(Said saying) {
        int weight = saying.weight();
        if (waitingBytes.addAndGet(weight) > services.settings().maxWaitingBytes()) {
            waitingBytes.addAndGet(-weight);
            session.reply(Reply.Failure.busy(saying.id()));
            return;
        }
        synchronized (said) {
            said.add(saying);
        }
        pump.wake();
    }

    /** There may be room for the replies again that the next command needs. */
    void wake() {
        pump.wake();
    }

    private Pump.Step step() {
        try {
            return next();
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "A session was ended by a bug", e);
            opening = null;
            session.end(CloseCode.INTERNAL);
            return Pump.Step.AGAIN;
        }
    }

    private Pump.Step next() {
        if (opening != null) {
            return opened();
        }
        if (session.roomForReplies() < acksToCome.get() + SPARE_REPLIES) {
            return Pump.Step.IDLE;
        }
        Said saying;
        synchronized (said) {
            saying = said.poll();
        }
        if (saying == null) {
            if (session.hasEnded()) {
                cursors.endAll(); // not before everything that was said is done
            }
            return Pump.Step.IDLE;
        }
        try {
            if (saying.refused() != null) {
                throw saying.refused();
            }
            return handle(saying.command());
        } catch (Refused refused) {
            settled(saying.weight());
            session.reply((saying.id() == null ? refused : refused.of(saying.id())).reply());
            return Pump.Step.AGAIN;
        }
    }

    private Pump.Step handle(Command command) throws Refused {
        if (command instanceof Command.Post post) {
            post(post);
            return Pump.Step.AGAIN;
        }
        if (command instanceof Command.Join join) {
            checkedUser();
            if (cursors.in(join.room()) == null
                    && cursors.count() == services.settings().maxRoomsPerSession()) {
                throw new Refused(ErrorCode.TOO_MANY_ROOMS, "This session reads as many rooms as it may.");
            }
            return join(join);
        }
        if (command instanceof Command.Hello hello) {
            hello(hello);
        } else if (command instanceof Command.Leave leave) {
            leave(leave);
        }
        settled(new Said(command, null).weight());
        return Pump.Step.AGAIN;
    }

    private void hello(Command.Hello hello) throws Refused {
        if (session.user() != null) {
            throw new Refused(ErrorCode.ALREADY_SIGNED_IN, "This session has said hello.");
        }
        Guests.SignedIn signedIn = services.guests().signIn(hello);
        session.signedIn(signedIn.user());
        session.reply(new Reply.SignedIn(signedIn.user(), signedIn.token()));
    }

    private Pump.Step join(Command.Join join) {
        CompletableFuture<Room> room = services.rooms().open(join.room()).toCompletableFuture();
        opening = new Opening(join, room);
        if (room.isDone()) {
            return opened();
        }
        CompletionStage<Room> unused = room.whenComplete((opened, failure) -> pump.resume());
        return Pump.Step.PENDING;
    }

    private Pump.Step opened() {
        Command.Join join = opening.join();
        CompletableFuture<Room> room = opening.room();
        opening = null;
        if (room.isCompletedExceptionally()) {
            session.reply(Reply.Failure.unavailable(null));
        } else if (!subscribe(join, room.join())) {
            return join(join); // it was just being closed: the next one is fresh
        }
        settled(new Said(join, null).weight());
        return Pump.Step.AGAIN;
    }

    /** The old cursor ends before the answer is queued, and the new one begins with it: so the answer stands between them. */
    private boolean subscribe(Command.Join join, Room room) {
        Subscription earlier = cursors.in(join.room());
        long head = room.head();
        boolean lost = join.epoch() != null && !isIn(room, head, new Position(join.epoch(), join.after()));
        long last = lost ? Limits.DEFAULT_LAST : join.last();
        long after = join.epoch() != null && !lost ? join.after() : Math.max(0, head - last);
        Subscription subscription = room.subscribe(session.reader(), after, session.plainReaderId());
        if (subscription == null) {
            return false;
        }
        if (earlier != null) {
            cursors.end(earlier);
        }
        session.announce(() -> {
            if (lost) {
                session.queue(new Reply.Reset(room.name(), room.epoch(), head));
            }
            session.queue(new Reply.Joined(room.name(), room.epoch(), head));
            cursors.add(subscription);
        });
        return true;
    }

    private static boolean isIn(Room room, long head, Position position) {
        return room.epoch().equals(position.epoch()) && position.seq() <= head;
    }

    private void leave(Command.Leave leave) throws Refused {
        Subscription subscription = joined(leave.room());
        cursors.end(subscription);
        session.reply(new Reply.Left(leave.room()));
    }

    private void post(Command.Post post) throws Refused {
        User author = checkedUser();
        Room room = joined(post.room()).room();
        if (post.id() != null) {
            acksToCome.incrementAndGet();
        }
        Receipt receipt = new Receipt(post);
        if (!room.post(author, post.id(), post.text(), receipt)) {
            receipt.refused();
        }
    }

    private User checkedUser() throws Refused {
        User user = session.user();
        if (user == null) {
            throw new Refused(ErrorCode.NOT_SIGNED_IN, "Say hello first.");
        }
        return user;
    }

    private Subscription joined(String room) throws Refused {
        checkedUser();
        Subscription subscription = cursors.in(room);
        if (subscription == null) {
            throw new Refused(ErrorCode.NOT_JOINED, "Join the room first.");
        }
        return subscription;
    }

    private void settled(int weight) {
        waitingBytes.addAndGet(-weight);
    }

    /** Tells the author what became of his post. */
    private final class Receipt implements Draft.Receipt {
        private final Command.Post post;

        Receipt(Command.Post post) {
            this.post = post;
        }

        @Override
        public void settled(Outcome outcome) {
            if (post.id() != null) {
                acksToCome.decrementAndGet();
            }
            if (outcome instanceof Outcome.Failed) {
                session.queue(Reply.Failure.unavailable(post.id()));
            } else if (outcome instanceof Outcome.Conflict) {
                session.queue(
                        new Reply.Failure(ErrorCode.ID_CONFLICT, "This id was used for another text.", post.id(), 0));
            } else if (outcome instanceof Outcome.Duplicate duplicate) {
                session.queue(new Reply.Ack(post.room(), post.id(), duplicate.seq()));
            } else if (outcome instanceof Outcome.Committed committed && post.id() != null) {
                session.queue(
                        new Reply.Ack(post.room(), post.id(), committed.entry().seq()));
            }
        }

        /** The log did not even take it. */
        void refused() {
            session.queue(Reply.Failure.busy(post.id()));
            if (post.id() != null) {
                acksToCome.decrementAndGet();
            }
            groupSettled();
        }

        @Override
        public void groupSettled() {
            Conversation.this.settled(new Said(post, null).weight());
            session.reader().wake();
            wake();
        }
    }
}
