package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class Sha256Test {
    @Property(tries = 100)
    void aHashIsTheSameInHoweverManyPieces(@ForAll @Size(max = 10) List<String> texts) {
        List<byte[]> pieces = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        assertThat(Sha256.of(pieces)).isEqualTo(Sha256.of(List.of(all.toByteArray())));
    }

    /** The example of FIPS 180-2: stored data depends on these values. */
    @Example
    void aHashIsThatOfTheStandard() {
        assertThat(HexFormat.of().formatHex(Sha256.of("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
