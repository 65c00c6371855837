package id.warung.session;

import id.warung.identity.Guests;
import id.warung.protocol.Codec;
import id.warung.room.RoomRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The components that all sessions of a node share.
 *
 * @param version sent in welcome
 * @param input the limit on memory for all unfinished input
 * @param limits how often somebody may do something
 * @param executor runs what never blocks
 * @param closing closes connections, which may block
 * @param nanoTime a monotonic clock
 * @param clock for what others say in times of day: the ends of tokens
 */
public record NodeContext(
        String version,
        SessionSettings settings,
        Codec codec,
        RoomRegistry rooms,
        Guests guests,
        UserLookup people,
        Authentication authentication,
        Principals principals,
        UserSessions userSessions,
        SignOuts signOuts,
        InputBudget input,
        RateLimits limits,
        Executor executor,
        Executor closing,
        LongSupplier nanoTime,
        Clock clock) {}
