package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.Fields;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;

/** Handles {@code remove}: one member less. */
final class RemoveHandler implements CommandHandler<Command.Remove> {
    @Override
    public Command.Remove read(Fields fields) throws CommandRejectedException {
        return new Command.Remove(fields.room(), fields.commandId(), fields.user());
    }

    @Override
    public void needs(Command.Remove remove, AppendRequest request, Needs needs) {
        needs.user(remove.user());
        needs.room(RoomName.inboxOf(remove.user()));
        needs.mentions(remove.room(), remove.user(), Long.MAX_VALUE, Decider.MENTIONS_AT_ONCE);
    }

    @Override
    public AppendResult decide(Command.Remove remove, Decision decision) throws CommandRejectedException {
        boolean themselves = remove.user().equals(decision.author().id());
        decision.check(themselves ? Action.REMOVE_ONESELF : Action.REMOVE_OTHERS);
        RoomState room = decision.room();
        boolean moderates = room.moderators().contains(remove.user());
        if (!themselves && (moderates || remove.user().equals(room.owner()))) {
            decision.check(Action.APPOINT);
        }
        if (!decision.room().isMember(remove.user())) {
            throw Decision.noSuchUser();
        }
        if (!decision.deleteMentions(remove.user(), Long.MAX_VALUE)) {
            return decision.unfinished();
        }
        User known = decision.user(remove.user());
        User user = known == null ? new User(remove.user(), remove.user()) : known;
        decision.append(EntryKind.OTHER, heading -> encoded(heading, user));
        decision.leave(user.id());
        if (moderates) {
            decision.changeRoom(its -> its.withModerator(user.id(), false));
        }
        if (!themselves) {
            decision.notifyUser(user.id(), note -> revoked(note, remove.room()));
        }
        return decision.committed();
    }

    static byte[] encoded(Heading heading, User user) {
        return heading.write("removed").field("user", user).toBytes();
    }

    /** The entry in the inbox of a user who may not read the room any more. */
    static byte[] revoked(Heading heading, String room) {
        return heading.write("revoked").field("in", room).toBytes();
    }
}
