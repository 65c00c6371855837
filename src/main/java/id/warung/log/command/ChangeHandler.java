package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.CallPolicy;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.EventWriter;
import id.warung.protocol.Fields;
import java.util.stream.Stream;

/** Handles {@code change}: another topic or title, who may call everybody, or the room is archived or reopened. */
final class ChangeHandler implements CommandHandler<Command.Change> {
    @Override
    public Command.Change read(Fields fields) throws CommandRejectedException {
        if (Stream.of("topic", "archived", "title", "calls").filter(fields::has).count() != 1) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_COMMAND, "change needs one of topic, archived, title and calls.");
        }
        return new Command.Change(
                fields.room(),
                fields.commandId(),
                fields.optionalTopic(),
                fields.optionalBoolean("archived"),
                fields.optionalTitle(),
                calls(fields.optionalText("calls")));
    }

    private static CallPolicy calls(String wire) throws CommandRejectedException {
        CallPolicy calls = wire == null ? null : CallPolicy.of(wire);
        if (wire != null && calls == null) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "calls must be anybody, members or moderators.");
        }
        return calls;
    }

    @Override
    public AppendResult decide(Command.Change change, Decision decision) throws CommandRejectedException {
        decision.check(
                change.archived() != null
                        ? Action.ARCHIVE
                        : change.calls() != null ? Action.CHANGE_CALLS : Action.CHANGE_TOPIC);
        decision.append(EntryKind.OTHER, heading -> encoded(heading, change));
        decision.changeRoom(room -> changed(room, change));
        return decision.committed();
    }

    private static RoomState changed(RoomState room, Command.Change change) {
        if (change.archived() != null) {
            return room.withArchived(change.archived());
        }
        if (change.calls() != null) {
            return room.withCalls(change.calls());
        }
        return change.title() != null ? room.withTitle(change.title()) : room.withTopic(change.topic());
    }

    static byte[] encoded(Heading heading, Command.Change change) {
        EventWriter event = heading.write("changed");
        if (change.archived() != null) {
            event.field("archived", change.archived());
        } else if (change.calls() != null) {
            event.field("calls", change.calls().wire());
        } else if (change.title() != null) {
            event.field("title", change.title());
        } else {
            event.field("topic", change.topic());
        }
        return event.toBytes();
    }
}
