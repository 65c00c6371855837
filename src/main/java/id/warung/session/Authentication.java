package id.warung.session;

import id.warung.identity.Authenticator;
import id.warung.identity.Guests;
import id.warung.identity.Identity;
import id.warung.log.Accounts;
import id.warung.log.Accounts.Account;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Finds out who somebody is: verifies what they show, and asks the directory whether it has ended since. Thread-safe; never blocks its
 * caller. Stages fail with {@link CommandRejectedException} when somebody is refused, and with IOException when the directory cannot be
 * read.
 */
public final class Authentication {
    /**
     * Somebody who may come in.
     *
     * @param identity null: nobody knows them
     * @param known as the directory knows them; null: it does not
     * @param taken those keys of the names they could get that are not free
     * @param newId for a new guest; null: any
     */
    record Arrival(Identity identity, User known, Set<String> taken, String newId) {}

    private final Authenticator authenticator;
    private final Accounts accounts;
    private final Executor blocking;
    private final NameClaims claims; // null: there is one node

    /** {@code blocking} runs what reads the accounts. */
    public Authentication(Authenticator authenticator, Accounts accounts, Executor blocking) {
        this(authenticator, accounts, blocking, null);
    }

    /** {@code claims} are the names among those of other nodes; null: there are none. */
    public Authentication(Authenticator authenticator, Accounts accounts, Executor blocking, NameClaims claims) {
        this.claims = claims;
        this.authenticator = authenticator;
        this.accounts = accounts;
        this.blocking = blocking;
    }

    /**
     * The identity behind an Authorization header; null for an anonymous caller.
     *
     * @throws CommandRejectedException when it is already known that the caller is refused
     */
    public CompletionStage<Identity> bearer(String authorization) throws CommandRejectedException {
        return authenticator
                .bearer(authorization)
                .thenCompose(identity -> identity == null || identity.user().isBackEnd()
                        ? CompletableFuture.completedFuture(identity)
                        : read(() -> {
                            Account account = account(identity);
                            return account == null || identity.user().isSignedIn()
                                    ? identity
                                    : identity.named(account.user());
                        }));
    }

    /**
     * Those who say hello with a token, a name, or both.
     *
     * @throws CommandRejectedException when it is already known that they are refused
     */
    CompletionStage<Arrival> arrive(String token, String name) throws CommandRejectedException {
        if (token == null) {
            authenticator.checkGuests();
            String id = claims == null ? null : claims.newGuest();
            return read(() -> new Arrival(null, null, taken(id, name, null), id));
        }
        return authenticator
                .identify(token)
                .thenCompose(identity -> read(() -> {
                    if (identity.user().isBackEnd()) {
                        return new Arrival(identity, identity.user(), Set.of(), null);
                    }
                    Account account = account(identity);
                    User known = account == null ? null : account.user();
                    User user = identity.user();
                    if (!user.isGuest()) {
                        if (claims != null) {
                            claims.claim(user);
                        }
                        return new Arrival(identity, known, Set.of(), null);
                    }
                    Set<String> taken = taken(user.id(), name, known == null ? user : known);
                    return new Arrival(identity, known, taken, null);
                }));
    }

    /** Whether an Authorization header, or null, has the key of a back end. */
    public boolean isBackEnd(String authorization) {
        return authenticator.isBackEnd(authorization);
    }

    /** Whether people whom nobody knows may come in. */
    boolean admitsGuests() {
        return authenticator.admitsGuests();
    }

    /** Those keys of the names that a guest could get that are not free. */
    CompletionStage<Set<String>> taken(User guest) {
        return read(() -> taken(guest.id(), null, guest));
    }

    private Set<String> taken(String id, String name, User known) throws IOException {
        Set<String> keys = Guests.keysOfChoices(name, known);
        Set<String> taken = keys.isEmpty() ? keys : accounts.takenKeys(keys);
        return claims == null || (name == null && claims.isOnline(id)) // then they keep their name
                ? taken
                : claims.claim(id, Guests.choices(name, known), taken);
    }

    private Account account(Identity identity) throws IOException, CommandRejectedException {
        Account account = accounts.account(identity.user().id());
        if (account != null
                && (identity.issuedAt().getEpochSecond() < account.notBefore()
                        || account.ended().contains(identity.signIn()))) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TOKEN, "This sign-in has ended: it was signed out. Sign in again.");
        }
        return account;
    }

    private interface Reading<T> {
        T read() throws IOException, CommandRejectedException;
    }

    private <T> CompletionStage<T> read(Reading<T> reading) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reading.read();
                    } catch (IOException | CommandRejectedException refused) {
                        throw new CompletionException(refused);
                    } catch (Error e) { // otherwise the future swallows it
                        FatalErrors.report(e);
                        throw e;
                    }
                },
                blocking);
    }

    /** The refusal with which a stage failed; null when it failed otherwise. */
    public static CommandRejectedException refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof CommandRejectedException refused ? refused : null;
    }
}
