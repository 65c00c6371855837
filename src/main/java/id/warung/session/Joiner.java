package id.warung.session;

import id.warung.log.Permissions;
import id.warung.log.Principal;
import id.warung.log.RoomState;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Limits;
import id.warung.protocol.Reply;
import id.warung.room.Room;
import id.warung.room.Subscription;

/** Joins one session to rooms. For the command queue's pump. */
final class Joiner {
    private final ChatSession session;
    private final Subscriptions subscriptions;

    Joiner(ChatSession session, Subscriptions subscriptions) {
        this.session = session;
        this.subscriptions = subscriptions;
    }

    /** Whether the room can answer by itself: otherwise it may not know yet what happened on another node. */
    boolean knowsEnough(Command.Join join, Room room) {
        return join.after() <= room.head() && Permissions.mayRead(session.principal(), room.state());
    }

    /**
     * Subscribes to the room and answers. The old cursor ends before the reply is queued, and the new one starts with it: the reply
     * separates them.
     *
     * @return false when the room has just been closed: open it again
     */
    boolean join(Command.Join join, Room room) throws CommandRejectedException {
        Subscription earlier = subscriptions.in(join.room());
        long n = room.n();
        long head = room.head();
        RoomState state = room.state();
        Principal principal = session.principal();
        Permissions.check(
                principal,
                Permissions.Action.READ,
                state); // read after the head: a removed user must not learn how far the log went on after the removal
        boolean lost = join.epoch() != null && (!join.epoch().equals(room.epoch()) || join.after() > head);
        long last = lost ? Limits.DEFAULT_LAST : join.last();
        long after = join.epoch() != null && !lost ? join.after() : Math.max(0, head - last);
        Subscription subscription = room.subscribe(session.reader(), after, session::principal, session.isPlain());
        if (subscription == null) {
            return false;
        }
        if (earlier != null) {
            subscriptions.end(earlier);
        }
        boolean moderator = Permissions.moderates(principal, state);
        boolean mayCall = Permissions.mayCall(principal, state);
        boolean readOnly = !principal.has(Principal.Right.POST);
        session.announce(() -> {
            if (lost) {
                session.queue(new Reply.Reset(room.name(), room.epoch(), head));
            }
            session.queue(new Reply.Joined(
                    room.name(),
                    room.epoch(),
                    head,
                    n,
                    state.access(),
                    state.topic(),
                    state.title(),
                    state.calls(),
                    state.archived(),
                    moderator,
                    mayCall,
                    readOnly,
                    join.id()));
            subscriptions.add(subscription);
        });
        session.debug("Joined", join);
        return true;
    }
}
