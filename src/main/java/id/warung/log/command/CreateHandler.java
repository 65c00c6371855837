package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.EventWriter;
import id.warung.protocol.Fields;
import id.warung.protocol.RoomName;

/**
 * Handles {@code create}: a room with an owner. A direct conversation has its two members from the start; to create it again returns it.
 */
final class CreateHandler implements CommandHandler<Command.Create> {
    @Override
    public Command.Create read(Fields fields) throws CommandRejectedException {
        String room = fields.has("room") ? fields.room() : null;
        if (room != null && RoomName.isReserved(room)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_ROOM, "This name is reserved for the server. Choose another one.");
        }
        Access access = fields.has("access") ? Access.of(fields.text("access")) : Access.PUBLIC;
        if (access == null) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "access must be public or members.");
        }
        String topic = fields.optionalTopic();
        String title = fields.optionalTitle();
        return new Command.Create(
                room, fields.commandId(), access, topic == null ? "" : topic, title == null ? "" : title);
    }

    @Override
    public void needs(Command.Create create, AppendRequest request, Needs needs) {
        if (RoomName.isDirect(create.room())) {
            String other = RoomName.otherThan(request.author().id(), create.room());
            needs.user(other);
            needs.room(RoomName.inboxOf(other));
        }
    }

    @Override
    public AppendResult decide(Command.Create create, Decision decision) throws CommandRejectedException {
        decision.check(Action.CREATE);
        boolean direct = RoomName.isDirect(create.room());
        if (decision.room().exists()) {
            if (direct) {
                return decision.duplicate(1);
            }
            throw new CommandRejectedException(ErrorCode.ROOM_EXISTS, "A room with this name already exists.");
        }
        String author = decision.author().id();
        String other = direct
                ? decision.needUser(RoomName.otherThan(author, create.room())).id()
                : null;
        decision.append(EntryKind.OTHER, heading -> encoded(heading, create));
        decision.changeRoom(room -> room.created(create.access(), create.topic(), create.title(), author));
        if (create.access() == Access.MEMBERS) {
            decision.enter(author);
        }
        if (direct) {
            decision.enter(other);
            decision.notifyUser(other, note -> AddHandler.invited(note, create.room()));
        }
        return decision.committed();
    }

    static byte[] encoded(Heading heading, Command.Create create) {
        EventWriter event =
                heading.write("created").field("access", create.access().wire()).field("topic", create.topic());
        return (create.title().isEmpty() ? event : event.field("title", create.title())).toBytes();
    }
}
