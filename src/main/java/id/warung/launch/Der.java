package id.warung.launch;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** As much of DER (X.690) as it takes to put a key of an older form into PKCS#8. Static, stateless. */
final class Der {
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;
    /** The first optional element of a structure. */
    static final int CONTEXT_0 = 0xA0;

    private static final int LONG_LENGTH = 0x80;

    private Der() {}

    /** The value with this tag. */
    static byte[] value(int tag, byte[]... contents) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            joined.writeBytes(content);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (joined.size() < LONG_LENGTH) {
            value.write(joined.size());
        } else if (joined.size() <= 0xFF) { // the shortest form is the only one
            value.write(LONG_LENGTH | 1);
            value.write(joined.size());
        } else {
            value.write(LONG_LENGTH | 2);
            value.write(joined.size() >> 8);
            value.write(joined.size());
        }
        value.writeBytes(joined.toByteArray());
        return value.toByteArray();
    }

    /** The content of the first element with this tag in a sequence; null when there is none, or this is no sequence. */
    static byte[] find(int tag, byte[] sequence) {
        try {
            ByteBuffer outer = ByteBuffer.wrap(sequence);
            if ((outer.get() & 0xFF) != SEQUENCE) {
                return null;
            }
            ByteBuffer elements = ByteBuffer.wrap(content(outer));
            while (elements.hasRemaining()) {
                int found = elements.get() & 0xFF;
                byte[] content = content(elements);
                if (found == tag) {
                    return content;
                }
            }
            return null;
        } catch (BufferUnderflowException cutShort) {
            return null;
        }
    }

    private static byte[] content(ByteBuffer from) {
        int length = from.get() & 0xFF;
        if (length >= LONG_LENGTH) {
            int bytes = length - LONG_LENGTH;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = Math.min(Character.MAX_VALUE, length) << 8 | (from.get() & 0xFF);
            }
        }
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        int begin = from.arrayOffset() + from.position();
        from.position(from.position() + length);
        return Arrays.copyOfRange(from.array(), begin, begin + length);
    }
}
