package id.warung.log.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyIn;

/** Writes rows in the binary format of {@code COPY}: see its documentation. For one thread. */
final class CopyStream {
    private static final byte[] BEGIN = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BUFFER_BYTES = 256 * 1024;

    private final CopyIn copy;
    private final List<String> types; // of the columns
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long rows;

    CopyStream(CopyIn copy, List<String> types) {
        this.copy = copy;
        this.types = types;
        buffer.put(BEGIN).putInt(0).putInt(0);
    }

    /** Writes a row of null, Long, String, and bytes. */
    void row(Object... values) throws IOException {
        space(2);
        buffer.putShort((short) values.length);
        for (int i = 0; i < values.length; i++) {
            value(types.get(i), values[i]);
        }
        rows++;
    }

    private void value(String type, Object value) throws IOException {
        if (value == null) {
            space(4);
            buffer.putInt(-1);
        } else if (value instanceof Long number) {
            space(12);
            switch (type) {
                case "boolean" -> buffer.putInt(1).put((byte) (number == 0 ? 0 : 1));
                case "smallint" -> buffer.putInt(2).putShort((short) (long) number);
                default -> buffer.putInt(8).putLong(number);
            }
        } else {
            byte[] bytes = value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.UTF_8);
            space(4 + bytes.length);
            buffer.putInt(bytes.length).put(bytes);
        }
    }

    private void space(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            send();
            if (buffer.remaining() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
    }

    private void send() throws IOException {
        try {
            copy.writeToCopy(buffer.array(), 0, buffer.position());
            buffer.clear();
        } catch (SQLException e) {
            throw new IOException(PostgresFailure.sentence(e), e);
        }
    }

    /** Ends the copy; returns how many rows it had. */
    long end() throws IOException, SQLException {
        space(2);
        buffer.putShort((short) -1);
        send();
        copy.endCopy();
        return rows;
    }
}
