package id.warung.session;

import id.warung.identity.Guests;
import id.warung.protocol.Codec;
import id.warung.room.RoomRegistry;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What all sessions of a node share.
 *
 * @param version what welcome says
 * @param input what all that was said and is not done yet may take in memory
 * @param executor runs what never blocks
 * @param closing runs the closing of connections, which may block
 * @param nanoTime a clock that never goes back
 */
public record Services(
        String version,
        SessionSettings settings,
        Codec codec,
        RoomRegistry rooms,
        Guests guests,
        People people,
        InputBudget input,
        Executor executor,
        Executor closing,
        LongSupplier nanoTime) {}
