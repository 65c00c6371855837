package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Compares it with the straightforward implementation. */
class JsonArrayTest {
    @Property(tries = 200)
    void anArrayIsItsValuesWithCommasBetweenThem(@ForAll @Size(max = 20) List<String> texts) {
        List<byte[]> values = texts.stream()
                .map(text -> ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.write('[');
        for (int i = 0; i < values.size(); i++) {
            plain.writeBytes((i == 0 ? "" : ",").getBytes(StandardCharsets.UTF_8));
            plain.writeBytes(values.get(i));
        }
        plain.write(']');

        assertThat(JsonArray.of(values)).isEqualTo(plain.toByteArray());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        JsonArray.write(values, written::writeBytes, written::writeBytes);
        assertThat(written.toByteArray()).isEqualTo(plain.toByteArray());
    }
}
