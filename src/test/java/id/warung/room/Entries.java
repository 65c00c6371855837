package id.warung.room;

import id.warung.log.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/** Entries as a log would return them. */
final class Entries {
    private Entries() {}

    static Entry entry(long seq) {
        return entry(seq, 1);
    }

    /** An entry of about this size on the wire. */
    static Entry entry(long seq, int bytes) {
        String text = "x".repeat(bytes);
        byte[] json = ("{\"type\":\"message\",\"seq\":" + seq + ",\"text\":\"" + text + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return new Entry(seq, "u-" + seq % 3, json);
    }

    static List<Entry> range(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Entries::entry).toList();
    }

    static String[] numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toArray(String[]::new);
    }
}
