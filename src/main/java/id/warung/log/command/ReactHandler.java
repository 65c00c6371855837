package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions;
import id.warung.log.Permissions.Action;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import id.warung.protocol.React;
import id.warung.protocol.RoomName;

/** Handles {@code react}: a user's reaction to a message; the author of the message hears of the first of its kind. */
final class ReactHandler implements CommandHandler<React> {
    @Override
    public React read(Fields fields) throws CommandRejectedException {
        return new React(fields.room(), fields.commandId(), fields.seq(), fields.emoji(), fields.truth("on"));
    }

    @Override
    public void needs(React react, AppendRequest request, Needs needs) {
        needs.entry(react.room(), react.seq());
        needs.authorsInbox(react.room(), react.seq());
        needs.reactions(react.room(), react.seq());
        needs.reaction(react, request.author().id());
    }

    @Override
    public void needsAfterwards(React react, AppendRequest request, Facts facts, Needs needs) {
        StoredEntry message = facts.entry(react.room(), react.seq());
        if (facts.keepsInboxes() && message != null && message.kind() == EntryKind.MESSAGE && react.on()) {
            needs.room(RoomName.inboxOf(message.authorId()));
        }
    }

    @Override
    public AppendResult decide(React react, Decision decision) throws CommandRejectedException {
        decision.check(Action.REACT);
        StoredEntry message = decision.facts().entry(react.room(), react.seq());
        if (message == null || message.kind() != EntryKind.MESSAGE) {
            throw EditHandler.noSuchMessage();
        }
        Facts facts = decision.facts();
        if (facts.reacts(react, decision.author().id()) == react.on()) {
            return decision.duplicate(decision.room().head().seq());
        }
        boolean isFirst = react.on() && facts.reactions(react).count(react.emoji()) == 0;
        if (isFirst && facts.reactions(react).kinds() >= Limits.MAX_REACTION_KINDS) {
            throw new CommandRejectedException(
                    ErrorCode.TOO_MANY_REACTIONS,
                    "There are " + Limits.MAX_REACTION_KINDS + " different reactions to this message already.");
        }
        boolean hears = isFirst && hears(message.authorId(), decision);
        if (hears && !facts.knowsRoom(RoomName.inboxOf(message.authorId()))) {
            return decision.unfinished(); // the message is of this very group, and its author was not known before
        }
        Heading heading = decision.append(EntryKind.REACTED, its -> encoded(its, react));
        decision.react(react, heading.seq());
        if (hears) {
            decision.notifyUser(message.authorId(), note -> reaction(note, react));
        }
        return decision.committed();
    }

    /** Whether the message's author has an inbox here, may still read it, and is another user. */
    private static boolean hears(String authorId, Decision decision) {
        return decision.facts().keepsInboxes()
                && !authorId.equals(decision.author().id())
                && Permissions.isOpenTo(authorId, decision.room());
    }

    static byte[] encoded(Heading heading, React react) {
        return heading.write("reacted")
                .field("target", react.seq())
                .field("emoji", react.emoji())
                .field("on", react.on())
                .toBytes();
    }

    static byte[] reaction(Heading heading, React react) {
        return heading.write("reaction")
                .field("in", react.room())
                .field("message", react.seq())
                .field("emoji", react.emoji())
                .toBytes();
    }
}
