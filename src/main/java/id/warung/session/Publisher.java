package id.warung.session;

import id.warung.identity.ApiKeys;
import id.warung.identity.NamesInUse.Claim;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import id.warung.room.Room;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Posts for callers without a session, such as back ends, by the same way as sessions: through the room to the log. Thread-safe; never
 * blocks.
 */
public final class Publisher {
    private static final int WEIGHT = 512; // of a post in bytes, in addition to its text

    private final NodeContext node;

    public Publisher(NodeContext node) {
        this.node = node;
    }

    /**
     * Completes with the result, or with null when too much already waits; fails when the room or the directory cannot be read. A guest
     * posts under their latest name, which is claimed meanwhile as for a session; a back end has its own name.
     *
     * @param limitKey of the address from which a guest posts; null: unknown. A back end is a source of its own
     */
    public CompletionStage<AppendResult> post(User caller, Command.Post post, String limitKey) {
        String source = ApiKeys.isBackEnd(caller) || limitKey == null ? caller.id() : limitKey;
        InputBudget.Share input = node.input().of(source);
        int weight = 2 * post.text().length() + WEIGHT;
        if (!input.take(weight)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.completedFuture(caller)
                .thenCompose(its -> claimed(its, post, source)) // in here, so that exceptions fail the stage
                .whenComplete((result, failure) -> input.giveBack(weight));
    }

    private CompletionStage<AppendResult> claimed(User caller, Command.Post post, String source) {
        if (ApiKeys.isBackEnd(caller)) {
            return opened(caller, post, source);
        }
        return node.people().find(caller.id()).thenCompose(known -> {
            Claim claim = node.guests().claim(known == null ? caller : known);
            return CompletableFuture.completedFuture(claim.user())
                    .thenCompose(author -> opened(author, post, source))
                    .whenComplete((result, failure) -> claim.release());
        });
    }

    private CompletionStage<AppendResult> opened(User author, Command.Post post, String source) {
        return node.rooms().open(post.room()).thenCompose(room -> post(room, author, post, source));
    }

    private CompletionStage<AppendResult> post(Room room, User author, Command.Post post, String source) {
        CompletableFuture<AppendResult> answer = new CompletableFuture<>();
        List<User> known = post.users().stream()
                .map(node.guests()::find)
                .filter(Objects::nonNull)
                .toList();
        boolean asked = room.post(new AppendRequest(
                post,
                node.settings().principal(author),
                known,
                source,
                null,
                // only then: a caller who reads the room right afterwards finds the message
                result -> () -> answer.complete(result)));
        return asked ? answer : opened(author, post, source); // the room was just being closed
    }
}
