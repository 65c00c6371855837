package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.EventWriter;
import id.warung.protocol.Fields;

/** Handles {@code change}: another topic, or the room is archived or reopened. */
final class ChangeHandler implements CommandHandler<Command.Change> {
    @Override
    public Command.Change read(Fields fields) throws CommandRejectedException {
        boolean topic = fields.has("topic");
        if (topic == fields.has("archived")) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "change needs either topic or archived.");
        }
        return new Command.Change(
                fields.room(), fields.commandId(), fields.optionalTopic(), fields.optionalBoolean("archived"));
    }

    @Override
    public AppendResult decide(Command.Change change, Decision decision) throws CommandRejectedException {
        boolean topic = change.topic() != null;
        decision.check(topic ? Action.CHANGE_TOPIC : Action.ARCHIVE);
        decision.append(EntryKind.OTHER, heading -> encoded(heading, change));
        decision.changeRoom(room -> topic ? room.withTopic(change.topic()) : room.withArchived(change.archived()));
        return decision.committed();
    }

    static byte[] encoded(Heading heading, Command.Change change) {
        EventWriter event = heading.write("changed");
        return (change.topic() == null
                        ? event.field("archived", change.archived())
                        : event.field("topic", change.topic()))
                .toBytes();
    }
}
