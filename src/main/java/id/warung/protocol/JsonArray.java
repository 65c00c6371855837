package id.warung.protocol;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.function.Consumer;

/** Joins encoded JSON values into arrays, in UTF-8. Static, stateless. */
public final class JsonArray {
    private static final byte[] BEGINNING = {'['};
    private static final byte[] BETWEEN = {','};
    private static final byte[] END = {']'};

    private JsonArray() {}

    /** Writes an array: {@code value} receives each value, {@code bytes} the bytes around them, which must not be modified. */
    public static <T> void write(Iterable<T> values, Consumer<byte[]> bytes, Consumer<? super T> value) {
        bytes.accept(BEGINNING);
        boolean first = true;
        for (T next : values) {
            if (!first) {
                bytes.accept(BETWEEN);
            }
            value.accept(next);
            first = false;
        }
        bytes.accept(END);
    }

    /** The array of these values, which may be empty. */
    public static byte[] of(Collection<byte[]> values) {
        int length = BEGINNING.length + END.length + Math.max(0, values.size() - 1) * BETWEEN.length;
        for (byte[] value : values) {
            length += value.length;
        }
        ByteBuffer array = ByteBuffer.allocate(length);
        write(values, array::put, array::put);
        return array.array();
    }
}
