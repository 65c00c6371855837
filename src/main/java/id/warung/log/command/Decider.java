package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
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
    private static final class Task<C extends Command.Durable> {
        private final AppendRequest request;
        private final C command;
        private final CommandHandler<C> handler;
        private final RequestKey requestKey; // null: the command has no id

        Task(AppendRequest request, C command, CommandHandler<C> handler) {
            this.request = request;
            this.command = command;
            this.handler = handler;
            this.requestKey = command.id() == null || !command.becomesEntry()
                    ? null
                    : new RequestKey(command.room(), request.author().id(), command.id());
        }
    }

    /**
     * Decides a group and writes the changes.
     *
     * @param asksAll whether to check for every request if it was executed before, even where the storage would notice
     * @return a result for each request, in the same order
     * @throws DuplicateRequestException when the storage has noticed a repeated request: everything written must be undone. Never thrown with
     *     {@code asksAll}
     */
    public List<AppendResult> append(List<AppendRequest> group, LogReader reader, LogWriter writer, boolean asksAll) {
        List<Task<?>> tasks = new ArrayList<>(group.size());
        // rooms: an entry that is erased first frees its id, and the storage would not notice that the request was
        // executed before
        Set<String> erasing = new HashSet<>();
        for (AppendRequest request : group) {
            Task<?> task = task(request, request.command().accept(handlers));
            tasks.add(task);
            if (task.handler.erases()) {
                erasing.add(request.room());
            }
        }
        Facts facts = new Facts(reader.keepsInboxes());
        Needs needs = new Needs();
        for (Task<?> task : tasks) {
            names(task.request.author(), facts, needs);
            task.request.known().forEach(user -> names(user, facts, needs));
            declare(task, needs, !asksAll && reader.detectsDuplicates() && !erasing.contains(task.request.room()));
        }
        facts.read(needs, reader);
        Needs more = new Needs();
        for (Task<?> task : tasks) {
            declareThen(task, facts, more);
        }
        facts.read(more, reader);
        List<Change> changes = new ArrayList<>(2 * group.size());
        List<AppendResult> results = new ArrayList<>(group.size());
        Set<String> unfinished = new HashSet<>(); // authors: their later requests wait
        for (Task<?> task : tasks) {
            AppendResult result = unfinished.contains(task.request.author().id())
                    ? new AppendResult.Unfinished(List.of())
                    : decide(task, facts, reader, changes);
            if (result instanceof AppendResult.Unfinished) {
                unfinished.add(task.request.author().id());
            }
            results.add(result);
        }
        for (Change change : changes) {
            change.to(writer);
        }
        return results;
    }

    /** What a request needs of the log before anything else is known. */
    public Needs needs(AppendRequest request) {
        Needs needs = new Needs();
        declare(task(request, request.command().accept(handlers)), needs, false);
        return needs;
    }

    private static <C extends Command.Durable> Task<C> task(AppendRequest request, CommandHandlers.Bound<C> bound) {
        return new Task<>(request, bound.command(), bound.handler());
    }

    private static void names(User user, Facts facts, Needs needs) {
        facts.names(user.id());
        needs.named(user.id());
    }

    private static <C extends Command.Durable> void declare(Task<C> task, Needs needs, boolean noticed) {
        if (task.command.becomesEntry()) {
            needs.room(task.request.room());
        } else {
            needs.glance(task.request.room());
        }
        if (task.requestKey != null && noticed && task.handler.beginsWithItsEntry()) {
            needs.tombstone(task.requestKey);
        } else if (task.requestKey != null) {
            needs.requestKey(task.requestKey);
        }
        task.handler.needs(task.command, task.request, needs);
    }

    private static <C extends Command.Durable> void declareThen(Task<C> task, Facts facts, Needs more) {
        task.handler.needsAfterwards(task.command, task.request, facts, more);
    }

    /** A command that was executed before stays executed, even if it is not allowed any more. */
    private <C extends Command.Durable> AppendResult decide(
            Task<C> task, Facts facts, LogReader reader, List<Change> changes) {
        if (!Permissions.covers(task.request.principal(), facts.room(task.request.room()))) {
            return new AppendResult.Denied(ErrorCode.NO_SUCH_ROOM, "There is no such room.", 0);
        }
        AppendResult earlier = earlier(task, facts);
        if (earlier != null) {
            return earlier;
        }
        try {
            return task.handler.decide(task.command, new Decision(task.request, facts, codec, clock, changes));
        } catch (CommandRejectedException refused) {
            if (task.requestKey != null && !facts.isAsked(task.requestKey)) {
                Needs late = new Needs();
                late.requestKey(task.requestKey);
                facts.read(late, reader);
                AppendResult done = earlier(task, facts);
                if (done != null) {
                    return done;
                }
            }
            return new AppendResult.Denied(refused.code(), refused.getMessage(), refused.retryAfterMs());
        }
    }

    private static AppendResult earlier(Task<?> task, Facts facts) {
        RequestKey.Executed executed = task.requestKey == null ? null : facts.findByRequest(task.requestKey);
        if (executed == null) {
            return null;
        }
        return executed.isFor(task.request.command())
                ? new AppendResult.Duplicate(executed.seq(), facts.room(task.request.room()))
                : new AppendResult.Conflict();
    }
}
