package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.Appoint;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import id.warung.protocol.User;

/** Handles {@code appoint} and {@code dismiss}: a moderator of the room more or less. */
final class AppointHandler implements CommandHandler<Appoint> {
    private final boolean moderator;

    /** {@code moderator} for {@code appoint}. */
    AppointHandler(boolean moderator) {
        this.moderator = moderator;
    }

    @Override
    public Appoint read(Fields fields) throws CommandRejectedException {
        return new Appoint(fields.room(), fields.commandId(), fields.user(), moderator);
    }

    @Override
    public void needs(Appoint appoint, AppendRequest request, Needs needs) {
        needs.user(appoint.user());
    }

    @Override
    public AppendResult decide(Appoint appoint, Decision decision) throws CommandRejectedException {
        boolean resigns = !moderator && appoint.user().equals(decision.author().id());
        decision.check(resigns ? Action.RESIGN : Action.APPOINT);
        RoomState room = decision.room();
        boolean is = room.moderators().contains(appoint.user());
        if (is && moderator) {
            return decision.duplicate(room.head().seq());
        }
        User user = decision.user(appoint.user());
        boolean mayBe = user != null && (room.access() == Access.PUBLIC || room.isMember(user.id()));
        if (moderator ? !mayBe : !is) {
            throw Decision.noSuchUser();
        }
        if (moderator && room.moderators().size() >= Limits.MAX_MODERATORS) {
            throw new CommandRejectedException(
                    ErrorCode.FORBIDDEN, "A room has at most " + Limits.MAX_MODERATORS + " moderators.");
        }
        User known = user == null ? new User(appoint.user(), appoint.user()) : user;
        decision.append(EntryKind.OTHER, heading -> encoded(heading, known));
        decision.changeRoom(its -> its.withModerator(appoint.user(), moderator));
        return decision.committed();
    }

    private byte[] encoded(Heading heading, User user) {
        return moderator ? appointed(heading, user) : dismissed(heading, user);
    }

    static byte[] appointed(Heading heading, User user) {
        return heading.write("appointed").field("user", user).toBytes();
    }

    static byte[] dismissed(Heading heading, User user) {
        return heading.write("dismissed").field("user", user).toBytes();
    }
}
