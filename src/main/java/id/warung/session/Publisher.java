package id.warung.session;

import id.warung.identity.Identity;
import id.warung.identity.NamesInUse.Claim;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.User;
import id.warung.room.Room;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Executes commands of callers without a session, such as back ends, by the same way as sessions: through the room to the log. Thread-safe; never
 * blocks.
 */
public final class Publisher {
    private static final int WEIGHT = 512; // of a post in bytes, in addition to its text

    private static final CompletionStage<Set<String>> NONE = CompletableFuture.completedFuture(Set.of());

    private final NodeContext node;

    public Publisher(NodeContext node) {
        this.node = node;
    }

    /**
     * Completes with the result, or with null when too much already waits; fails when the room or the directory cannot be read. A guest
     * posts under their latest name, which is claimed meanwhile as for a session; a back end has its own name.
     *
     * @param limitKey of the address from which somebody posts; null: unknown. A back end is a source of its own
     */
    public CompletionStage<AppendResult> execute(Identity caller, Command.Durable command, String limitKey) {
        try {
            Command.Durable its = command.by(caller.user().id());
            return post(caller, node.limits().counted(its, caller.user(), limitKey), limitKey);
        } catch (CommandRejectedException limited) {
            return CompletableFuture.completedFuture(denied(limited));
        }
    }

    private static AppendResult denied(CommandRejectedException rejected) {
        return new AppendResult.Denied(rejected.code(), rejected.getMessage(), rejected.retryAfterMs());
    }

    private CompletionStage<AppendResult> post(Identity caller, Command.Durable post, String limitKey) {
        User user = caller.user();
        String source = user.isBackEnd() || limitKey == null ? user.id() : limitKey;
        InputBudget.Share input = node.input().of(source);
        int weight = 2 * post.body().length() + WEIGHT;
        if (!input.take(weight)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.completedFuture(caller)
                .thenCompose(its -> claimed(its, post, source)) // in here, so that exceptions fail the stage
                .whenComplete((result, failure) -> input.giveBack(weight));
    }

    private CompletionStage<AppendResult> claimed(Identity caller, Command.Durable post, String source) {
        User user = caller.user();
        if (user.isBackEnd()) {
            return opened(caller, post, source);
        }
        User here = node.guests().find(user.id());
        CompletionStage<Set<String>> taken =
                here != null || !user.isGuest() ? NONE : node.authentication().taken(user);
        return taken.thenCompose(names -> {
            Claim claim = node.guests().claim(user, names);
            return CompletableFuture.completedFuture(caller.named(claim.user()))
                    .thenCompose(author -> opened(author, post, source))
                    .whenComplete((result, failure) -> claim.release());
        });
    }

    private CompletionStage<AppendResult> opened(Identity author, Command.Durable post, String source) {
        return node.rooms().open(post.room()).thenCompose(room -> post(room, author, post, source));
    }

    private CompletionStage<AppendResult> post(Room room, Identity author, Command.Durable post, String source) {
        CompletableFuture<AppendResult> answer = new CompletableFuture<>();
        List<User> known = post.users().stream()
                .map(node.guests()::find)
                .filter(Objects::nonNull)
                .toList();
        Consumer<AppendResult> roomSettled;
        try {
            roomSettled = node.limits().newRoom(post, room.state(), author.user(), source);
        } catch (CommandRejectedException limited) {
            return CompletableFuture.completedFuture(denied(limited));
        }
        boolean asked = room.post(new AppendRequest(
                post,
                node.principals().of(author),
                known,
                source,
                null,
                // only then: a caller who reads the room right afterwards finds the message
                result -> {
                    roomSettled.accept(result);
                    return () -> answer.complete(result);
                }));
        if (asked) {
            return answer;
        }
        roomSettled.accept(new AppendResult.Failed());
        return opened(author, post, source); // the room was just being closed
    }
}
