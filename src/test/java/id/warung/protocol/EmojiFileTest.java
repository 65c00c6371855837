package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The emoji that the page offers, as {@code bin/emoji} lists them. */
class EmojiFileTest {
    private static final Path FILE = Path.of("src/main/webapp/emoji/emoji.txt");
    private static final int MOST_BYTES = 30 * 1024;
    private static final int FIRST_REGION_SIGN = 0x1F1E6;

    /** The head, the emoji by group, and their names in English and Chinese. */
    private static String[] parts;

    @BeforeAll
    static void read() throws IOException {
        parts = Files.readString(FILE).strip().split("\n\n");
    }

    @Test
    void theFileIsSmallAndSaysWhereItComesFromAndUnderWhichLicence() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Files.readAllBytes(FILE));
        }

        assertThat(bytes.size()).isLessThan(MOST_BYTES);
        assertThat(parts[0]).contains("emojibase-data", "Copyright (c)", "MIT", "emojibase-data.LICENSE.txt");
        assertThat(FILE.resolveSibling("emojibase-data.LICENSE.txt"))
                .content()
                .contains("Copyright (c)", "Permission is hereby granted");
    }

    @Test
    void eachEmojiHasAnEnglishAndAChineseName() {
        long emoji = groups().filter(group -> !group.startsWith("regions "))
                .mapToLong(group -> group.split(" ").length - 1)
                .sum();

        assertThat(parts).hasSize(4);
        assertThat(emoji).isGreaterThan(1_400);
        for (int language = 2; language < 4; language++) {
            assertThat(parts[language].split("\n"))
                    .hasSize((int) emoji)
                    .allMatch(line -> line.matches("[^,]+(,[^,]+)*"));
        }
    }

    /** What the page offers is good for a reaction, in each tone, and there is no other spelling of it. */
    @Test
    void eachOneIsAReactionAsItIsWritten() throws CommandRejectedException {
        List<String> offered = new ArrayList<>();
        groups().forEach(group -> {
            String[] all = group.split(" ", -1);
            for (String each : Arrays.copyOfRange(all, 1, all.length)) {
                offered.addAll(group.startsWith("regions ") ? List.of(flag(each)) : formsOf(each));
            }
        });

        assertThat(offered).hasSizeGreaterThan(2_700).doesNotHaveDuplicates();
        for (String emoji : offered) {
            assertThat(Emoji.checked(emoji)).isEqualTo(emoji);
        }
    }

    private static Stream<String> groups() {
        return parts[1].lines();
    }

    /** The same as in the page's {@code model/emoji.js}: a woman and a man where there are both, each in all skin tones. */
    private static List<String> formsOf(String marked) {
        String emoji = marked.replaceFirst("[+=]+$", "");
        List<String> forms = new ArrayList<>(List.of(emoji));
        if (marked.endsWith("=")) {
            boolean isPerson = emoji.startsWith("🧑");
            forms.add(isPerson ? emoji.replace("🧑", "👩") : emoji + "\u200D♀\uFE0F");
            forms.add(isPerson ? emoji.replace("🧑", "👨") : emoji + "\u200D♂\uFE0F");
        }
        if (marked.contains("+")) {
            for (String form : List.copyOf(forms)) {
                for (int tone = 0x1F3FB; tone <= 0x1F3FF; tone++) {
                    int base = form.offsetByCodePoints(0, 1);
                    String rest = form.substring(base).replaceFirst("^\uFE0F", "");
                    forms.add(form.substring(0, base) + Character.toString(tone) + rest);
                }
            }
        }
        return forms;
    }

    private static String flag(String region) {
        return region.chars()
                .mapToObj(letter -> Character.toString(letter - 'A' + FIRST_REGION_SIGN))
                .reduce("", String::concat);
    }
}
