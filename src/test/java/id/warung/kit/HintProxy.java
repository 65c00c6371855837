package id.warung.kit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line to PostgreSQL, without TLS, that loses, doubles and swaps notifications, which PostgreSQL sends as whole
 * messages of type {@code A}. Everything else goes through as it is.
 */
public final class HintProxy extends TcpProxy {
    private static final int NOTIFICATION = 'A';

    private final AtomicLong seen = new AtomicLong();
    private volatile int badPercent;
    private volatile boolean losesAll;

    public HintProxy(int target) {
        super(target);
    }

    /** So many in a hundred are lost, so many come twice, so many come after their next. */
    public void spoil(int percent) {
        badPercent = percent;
    }

    /** Whether all are lost. */
    public void loseAll(boolean all) {
        losesAll = all;
    }

    /** How many it has been given. */
    public long seen() {
        return seen.get();
    }

    @Override
    protected void carryAnswers(InputStream stream, OutputStream out) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        Random random = new Random();
        byte[] kept = null; // a notification that the next one overtakes
        for (int type = in.read(); type >= 0; type = in.read()) {
            int length = in.readInt();
            if (length < 4) {
                throw new EOFException("no message of PostgreSQL's: " + type + " with length " + length);
            }
            byte[] message = ByteBuffer.allocate(1 + length)
                    .put((byte) type)
                    .putInt(length)
                    .put(in.readNBytes(length - 4))
                    .array();
            awaitVoice();
            if (type != NOTIFICATION) {
                out.write(message);
                continue;
            }
            seen.incrementAndGet();
            int luck = random.nextInt(100);
            if (losesAll || luck < badPercent) {
                continue;
            }
            if (luck >= 2 * badPercent && luck < 3 * badPercent && kept == null) {
                kept = message;
                continue;
            }
            out.write(message);
            if (luck < 2 * badPercent) {
                out.write(message);
            }
            if (kept != null) {
                out.write(kept);
                kept = null;
            }
        }
    }
}
