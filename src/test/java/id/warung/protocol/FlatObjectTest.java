package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.command.CommandHandlers;
import jakarta.json.spi.JsonProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the library is what the library reads. */
class FlatObjectTest {
    private static final int MUTATIONS = 20_000;

    private final CommandReader library = new CommandReader(JsonProvider.provider(), new CommandHandlers(), 4_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"a\",\"text\":\"\u6162\uD83D\uDE00 \uD83D\"}",
                " {\t\"n\" : 0 ,\n\"on\":true\r,\"off\" :false, \"\":\"\" } ",
                "{\"after\":123456789012345678}"
            })
    void usualCommandsNeedNoLibrary(String json) throws CommandRejectedException {
        Fields flat = new Fields(4_000);
        assertThat(FlatObject.read(json, flat)).isTrue();
        assertThat(flat).usingRecursiveComparison().isEqualTo(byLibrary(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1},",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":01}",
                "{\"a\":-1}",
                "{\"a\":1.0}",
                "{\"a\":1e2}",
                "{\"a\":1a}",
                "{\"a\":1234567890123456789}",
                "{\"a\":truex}",
                "{\"a\":tru}",
                "{\"a\":null}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":'b'}",
                "{a:1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"b",
                "{\"a\":\"b\"}\0",
                "\uFEFF{\"a\":1}",
                "{\"a\":1}\u00A0"
            })
    void theRestIsForTheLibrary(String json) {
        Fields flat = new Fields(4_000);
        assertThat(FlatObject.read(json, flat)).isFalse();
        assertThat(flat).usingRecursiveComparison().isEqualTo(new Fields(4_000));
    }

    @Test
    void moreFieldsThanACommandMayHaveAreForTheLibrary() {
        StringBuilder json = new StringBuilder("{\"a\":1");
        for (int i = 0; i < 16; i++) {
            json.append(",\"a").append(i).append("\":1");
        }
        assertThat(FlatObject.read(json.append('}').toString(), new Fields(4_000)))
                .isFalse();
    }

    @Tag("slow")
    @Test
    void mutatedCommandsAreReadAsTheLibraryReadsThem() throws CommandRejectedException {
        MutatedCommands mutated = new MutatedCommands(20_261_130);
        int flats = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String frame = mutated.next();
            Fields flat = new Fields(4_000);
            if (FlatObject.read(frame, flat)) {
                flats++;
                assertThat(flat).as(frame).usingRecursiveComparison().isEqualTo(byLibrary(frame));
            }
        }
        assertThat(flats).as("some were flat").isGreaterThan(MUTATIONS / 100);
    }

    private Fields byLibrary(String json) throws CommandRejectedException {
        Fields fields = new Fields(4_000);
        library.readAnything(json, fields);
        return fields;
    }
}
