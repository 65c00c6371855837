package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.Fields;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;

/** Handles {@code add}: a new member. */
final class AddHandler implements CommandHandler<Command.Add> {
    @Override
    public Command.Add read(Fields fields) throws CommandRejectedException {
        return new Command.Add(fields.room(), fields.commandId(), fields.user());
    }

    @Override
    public void needs(Command.Add add, AppendRequest request, Needs needs) {
        needs.user(add.user());
        needs.room(RoomName.inboxOf(add.user()));
    }

    @Override
    public AppendResult decide(Command.Add add, Decision decision) throws CommandRejectedException {
        decision.check(Action.ADD);
        User user = decision.needUser(add.user());
        if (decision.room().isMember(user.id())) {
            return decision.duplicate(decision.room().head().seq());
        }
        Heading added = decision.append(EntryKind.OTHER, heading -> encoded(heading, user));
        decision.enter(user.id());
        // what was said before is there to read, and is not unread
        decision.mark(user.id(), new AppendResult.ReadMarked(added.seq(), added.n()));
        decision.notifyUser(user.id(), note -> invited(note, add.room()));
        return decision.committed();
    }

    static byte[] encoded(Heading heading, User user) {
        return heading.write("added").field("user", user).toBytes();
    }

    /** The entry in the inbox of a user who may read the room from now on. */
    static byte[] invited(Heading heading, String room) {
        return heading.write("invited").field("in", room).toBytes();
    }
}
