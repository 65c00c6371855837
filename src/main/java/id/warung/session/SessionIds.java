package id.warung.session;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Short ids that identify sessions in the log, such as {@code k3f9x2}: no two of 2^30 in a row are the same. Thread-safe. */
public final class SessionIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // without letters that look alike
    private static final int BITS_PER_CHAR = 5;
    private static final int CHARS = 6;
    private static final int MASK = (1 << (BITS_PER_CHAR * CHARS)) - 1;
    private static final int SCATTER = 0x2c1b3c6d; // odd, so that all ids differ; consecutive ids look unrelated

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    private SessionIds() {}

    /** A new id, different from all before. */
    public static String next() {
        return of(NEXT.getAndIncrement());
    }

    static String of(int number) {
        int bits = (number * SCATTER) & MASK;
        bits ^= bits >>> (BITS_PER_CHAR * CHARS / 2);
        char[] id = new char[CHARS];
        for (int i = 0; i < CHARS; i++) {
            id[i] = ALPHABET.charAt((bits >>> (BITS_PER_CHAR * i)) & (ALPHABET.length() - 1));
        }
        return new String(id);
    }
}
