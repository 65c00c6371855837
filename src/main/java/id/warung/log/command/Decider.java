package id.warung.log.command;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Refused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a group of append requests through their handlers: reads all facts that they need, decides one after the other,
 * and writes all changes. Thread-safe; a storage is used by one thread.
 */
public final class Decider {
    /** The most mentions that are forgotten in one group. */
    static final int MENTIONS_AT_ONCE = 500;

    private final EntryCodec codec;
    private final Clock clock;
    private final CommandHandlers handlers = new CommandHandlers();

    public Decider(EntryCodec codec, Clock clock) {
        this.codec = codec;
        this.clock = clock;
    }

    /** A request with its command's handler. */
    private static final class Task<C extends Command.Lasting> {
        private final Draft draft;
        private final C command;
        private final CommandHandler<C> handler;
        private final Request request; // null: the command has no id

        Task(Draft draft, C command, CommandHandler<C> handler) {
            this.draft = draft;
            this.command = command;
            this.handler = handler;
            this.request = command.id() == null
                    ? null
                    : new Request(command.room(), draft.author().id(), command.id());
        }
    }

    /**
     * Decides a group and writes the changes.
     *
     * @param asksAll whether to check for every request if it was executed before, even where the storage would notice
     * @return a result for each request, in the same order
     * @throws RequestMet when the storage has noticed a repeated request: everything written must be undone. Never thrown with
     *     {@code asksAll}
     */
    public List<Outcome> append(List<Draft> group, LogReader reader, LogWriter writer, boolean asksAll) {
        List<Task<?>> tasks = new ArrayList<>(group.size());
        // rooms: an entry that is erased first frees its id, and the storage would not notice that the request was
        // executed before
        Set<String> erasing = new HashSet<>();
        for (Draft draft : group) {
            Task<?> task = task(draft, draft.command().accept(handlers));
            tasks.add(task);
            if (task.handler.erases()) {
                erasing.add(draft.room());
            }
        }
        Facts facts = new Facts();
        Needs needs = new Needs();
        for (Task<?> task : tasks) {
            facts.names(task.draft.author().id());
            task.draft.known().forEach(user -> facts.names(user.id()));
            declare(task, needs, !asksAll && reader.noticesMetRequests() && !erasing.contains(task.draft.room()));
        }
        facts.read(needs, reader);
        Needs more = new Needs();
        for (Task<?> task : tasks) {
            declareThen(task, facts, more);
        }
        facts.read(more, reader);
        List<Change> changes = new ArrayList<>(2 * group.size());
        List<Outcome> outcomes = new ArrayList<>(group.size());
        Set<String> unfinished = new HashSet<>(); // authors: their later requests wait
        for (Task<?> task : tasks) {
            Outcome outcome = unfinished.contains(task.draft.author().id())
                    ? new Outcome.Unfinished(List.of())
                    : decide(task, facts, reader, changes);
            if (outcome instanceof Outcome.Unfinished) {
                unfinished.add(task.draft.author().id());
            }
            outcomes.add(outcome);
        }
        for (Change change : changes) {
            change.to(writer);
        }
        return outcomes;
    }

    private static <C extends Command.Lasting> Task<C> task(Draft draft, CommandHandlers.Bound<C> bound) {
        return new Task<>(draft, bound.command(), bound.handler());
    }

    private static <C extends Command.Lasting> void declare(Task<C> task, Needs needs, boolean noticed) {
        needs.room(task.draft.room());
        if (task.request != null && noticed && task.handler.beginsWithItsEntry()) {
            needs.buried(task.request);
        } else if (task.request != null) {
            needs.request(task.request);
        }
        task.handler.needs(task.command, task.draft, needs);
    }

    private static <C extends Command.Lasting> void declareThen(Task<C> task, Facts facts, Needs more) {
        task.handler.needsThen(task.command, task.draft, facts, more);
    }

    /** A command that was executed before stays executed, even if it is not allowed any more. */
    private <C extends Command.Lasting> Outcome decide(
            Task<C> task, Facts facts, LogReader reader, List<Change> changes) {
        Outcome earlier = earlier(task, facts);
        if (earlier != null) {
            return earlier;
        }
        try {
            return task.handler.decide(
                    task.command, new Decision(task.draft, facts, codec, clock, reader.keepsInboxes(), changes));
        } catch (Refused refused) {
            if (task.request != null && !facts.isAsked(task.request)) {
                Needs late = new Needs();
                late.request(task.request);
                facts.read(late, reader);
                Outcome done = earlier(task, facts);
                if (done != null) {
                    return done;
                }
            }
            return new Outcome.Denied(refused.code(), refused.getMessage());
        }
    }

    private static Outcome earlier(Task<?> task, Facts facts) {
        Request.Met met = task.request == null ? null : facts.met(task.request);
        if (met == null) {
            return null;
        }
        return met.isFor(task.draft.command())
                ? new Outcome.Duplicate(met.seq(), facts.room(task.draft.room()))
                : new Outcome.Conflict();
    }
}
