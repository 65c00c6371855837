package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import id.warung.protocol.RoomName;
import id.warung.protocol.Star;

/** Handles {@code star}: a room that its author wants at hand, on all devices. What changes nothing writes nothing. */
final class StarHandler implements CommandHandler<Star> {
    @Override
    public Star read(Fields fields) throws CommandRejectedException {
        String in = fields.room();
        if (RoomName.isInbox(in)) {
            throw new CommandRejectedException(ErrorCode.BAD_ROOM, "An inbox cannot be starred.");
        }
        Boolean on = fields.optionalBoolean("on");
        if (on == null) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "The command needs \"on\", true or false.");
        }
        return new Star(in, fields.commandId(), in, on);
    }

    @Override
    public void needs(Star star, AppendRequest request, Needs needs) {
        needs.glance(star.in());
        needs.stars(request.author().id());
    }

    @Override
    public AppendResult decide(Star star, Decision decision) throws CommandRejectedException {
        decision.check(Action.STAR);
        Facts facts = decision.facts();
        RoomState room = facts.room(star.in());
        if (!decision.covers(room)) {
            throw noSuchRoom();
        }
        String author = decision.author().id();
        if (facts.stars(author).contains(star.in()) == star.on()) {
            return decision.duplicate(decision.room().head().seq());
        }
        if (star.on()) {
            decision.check(Action.READ, room);
            if (!room.exists()) {
                throw noSuchRoom();
            }
            if (facts.stars(author).size() >= Limits.MAX_STARS) {
                throw new CommandRejectedException(
                        ErrorCode.TOO_MANY_STARS, "You have starred " + Limits.MAX_STARS + " rooms already.");
            }
        }
        decision.append(EntryKind.OTHER, heading -> encoded(heading, star));
        decision.star(star.in(), star.on());
        return decision.committed();
    }

    private static CommandRejectedException noSuchRoom() {
        return new CommandRejectedException(ErrorCode.NO_SUCH_ROOM, "There is no such room.");
    }

    static byte[] encoded(Heading heading, Star star) {
        return heading.write("starred")
                .field("in", star.in())
                .field("on", star.on())
                .toBytes();
    }
}
