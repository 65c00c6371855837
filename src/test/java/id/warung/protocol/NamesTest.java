package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Ana,Ana",
                "  Ana  ,Ana",
                "Ana   Maria,Ana Maria",
                "\u00A0Ana\u3000Maria\u00A0,Ana Maria", // spaces of other kinds
                "\uFF21\uFF4E\uFF41,Ana", // full width
                "\uFB01n,fin", // a ligature
                "A\u0301na,\u00C1na", // composed
                "\u738B\u5C0F\u660E,\u738B\u5C0F\u660E", // Han
                "\u738B Ana 2,\u738B Ana 2", // people mix Han with Latin
                "\u3055\u304F\u3089\u685C\u30B5,\u3055\u304F\u3089\u685C\u30B5", // three Japanese scripts
                "\u0410\u043D\u043D\u0430,\u0410\u043D\u043D\u0430", // Cyrillic
                "\uD83C\uDF36 Ana,\uD83C\uDF36 Ana",
                "O'Neil-3,O'Neil-3",
                "\u2764\uFE0F Ana,\u2764 Ana", // the variation selector of an emoji is not part of a name
            })
    void aNameIsBroughtIntoOneForm(String raw, String name) throws CommandRejectedException {
        assertThat(Syntax.name(raw)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sara \u0633\u0627\u0631\u0629", // Arabic
                "Nok \u0E19\u0E01", // Thai
                "Ravi \u0930\u0935\u093F", // Devanagari
                "\u0410\u043D\u043D\u0430 Anna", // Cyrillic
                "Eleni (\u0395\u03BB\u03AD\u03BD\u03B7)", // Greek
                "Noa-\u05E0\u05D5\u05E2\u05D4", // Hebrew
                "\u0561\u0580\u0561 / Ara", // Armenian
                "\u1780\u17B6 Ka \u0E01\u0E32", // Khmer, Latin, Thai
                "\u0645\u06CC\u200C\u0646\u0627", // Persian, with a non-joiner
                "\u0645\u0650\u200C\u0646\u0627", // after a mark
                "\u0D28\u0D4D\u200D", // Malayalam, with a joiner
                "\u0DC1\u0DCA\u200D\u0DBB\u0DD3", // Sinhala
                "\u0930\u094D\u200C\u0935", // Devanagari
                "Ana \uD83D\uDC69\u200D\uD83D\uDCBB", // a woman at a computer
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDE80", // an astronaut, in a skin tone
                "\uD83C\uDFF4\u200D\u2620", // a pirate flag
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // a family
                "Ana \uD83E\uDEE0", // newer than Java 17: a melting face
                "\uD83E\uDEE8\uD83E\uDEAD\uD83D\uDEDC Ana",
                "\u9FFE\uD884\uDF50 Ana", // Han characters newer than Java 17
                "\uD87B\uDFF0\u5C0F\u660E",
            })
    void aNameMayBeInSeveralScriptsWithWhatTheyNeed(String name) throws CommandRejectedException {
        assertThat(Syntax.name(name)).isEqualTo(name);
    }

    /** Two names that look the same have the same skeleton, and those that do not have not. */
    @ParameterizedTest
    @CsvSource({
        "\u0421\u0410\u0420\u0410, CAPA, true", // Cyrillic
        "\u041E\u0441\u0430, Oca, true",
        "\u0451\u0436, \u00EB\u0436, true", // with a mark
        "\u039D\u0399\u039A\u039F, NIKO, true", // Greek
        "\u13DF\u13AA\u13A1, CAR, true", // Cherokee
        "\u0585\u057D, ou, true", // Armenian
        "\u0645\u06CC\u200C\u0646\u0627, \u0645\u06CC\u0646\u0627, true",
        "\u0410\u043D\u043D\u0430, Anna, false", // its letters in the middle look like an H
        "\u042F, R, false",
        "Ana, Ann, false",
        "Ana, \u00C1na, false",
    })
    void namesThatLookTheSameHaveTheSameSkeleton(String name, String other, boolean alike) {
        assertThat(LookAlikes.skeleton(name).equals(LookAlikes.skeleton(other))).isEqualTo(alike);
        assertThat(LookAlikes.skeleton(LookAlikes.skeleton(name))).isEqualTo(LookAlikes.skeleton(name));
    }

    /** Any letter of the alphabet that has a look-alike, in the middle of a Latin word. */
    @Test
    void noLookAlikeGetsIntoALatinWord() {
        int lookAlikes = 0;
        for (int c = 0x250; c < 0xAC00; c++) {
            String word = "Mi" + Character.toString(c) + "a";
            String drawn = LookAlikes.skeleton(word);
            if (!drawn.equals(word) && drawn.matches("[A-Za-z]+") && !Joiners.isJoiner(c)) {
                lookAlikes++;
                if (Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN) {
                    assertThat(catchThrowableOfType(CommandRejectedException.class, () -> Syntax.name(word)))
                            .as(word)
                            .isNotNull();
                }
            }
        }
        assertThat(lookAlikes).isGreaterThan(140);
    }

    /** However long it is, and wherever it is cut. */
    @Test
    void aNameThatIsShortenedStaysLegal() throws CommandRejectedException {
        String[] pieces = {
            "\uD83D\uDC69\u200D\uD83D\uDCBB", "\u0645\u06CC\u200C\u0646\u0627", "a", "\u0DC1\u0DCA\u200D\u0DBB\u0DD3"
        };
        for (String piece : pieces) {
            for (int before = 0; before < 4; before++) {
                String name = Syntax.shortened("b ".repeat(before) + piece.repeat(20));
                assertThat(Syntax.name(name)).isEqualTo(name);
                String numbered = Syntax.numberedName(name, 12);
                assertThat(Syntax.name(numbered)).isEqualTo(numbered).endsWith(" 12");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\t",
                "Ana\n",
                "Ana\u0000",
                "\u001B[31mAna", // would colour a log
                "Ana\u0085",
                "Ana\u200B", // zero width
                "Ana\u200D",
                "A\u00ADna", // a soft hyphen
                "\uFEFFAna",
                "Ana\u202E", // bidirectional
                "\u2066Ana",
                "Ana\u061C",
                "Ana\uDB40\uDC41", // a tag character
                "\uD83D", // half a character
                "Ana\uDE00",
                "\uE000", // private
                "Ana\uFFFF",
                "Ana\u2028Budi",
                "A\u034Fna", // invisible, joins nothing
                "\u3164", // empty Hangul letters
                "Ana\u115F",
                "\uFFA0",
                "Ana\u17B5",
                "Ana\u180B",
                "\u2800", // Braille without dots
                "\uFE0F",
                "\u0410na", // Cyrillic beside Latin
                "An\u03B1", // Greek beside Latin
                "\u738B\u0410", // Cyrillic beside Han
                "Ana \u0410na", // in any of its words
                "Ana-\u0410na",
                "\u03BFmar", // a Greek o
                "B\u0585b", // an Armenian o
                "b\u05E1b", // a letter of Hebrew like an o
                "Anna\u0E50", // a digit of Thai like an o
                "An\u200Ca", // a non-joiner between letters that do not join
                "Ana\u200C",
                "\u200CAna",
                "\u200D\u0645\u06CC",
                "\u0645\u06CC\u200D\u0646\u0627", // a joiner between letters that join
                "\u0645\u06CC\u200C\u200C\u0646\u0627", // twice
                "\u0645\u06CC\u200C Ana",
                "\u0915\u200D\u0915", // without a virama
                "\uD83D\uDC69\u200D", // a joiner without a second picture
                "\uD83D\uDC69\u200DAna",
                "Ana\u200D\uD83D\uDCBB",
                "\uD83D\uDC69\u200C\uD83D\uDCBB",
                "\uD87F\uDFFF", // never a character
                "Ana\uDB40\uDD00\u200D",
                "\u0378", // no character yet, and unknown of what kind
            })
    void aNameThatDeceivesIsRefused(String raw) {
        CommandRejectedException refused = catchThrowableOfType(CommandRejectedException.class, () -> Syntax.name(raw));

        assertThat(refused).isNotNull();
        assertThat(refused.reply().code()).isEqualTo(ErrorCode.BAD_NAME);
    }

    @Test
    void aNameHasAtMostThirtyTwoCharactersOnceItIsInItsForm() throws CommandRejectedException {
        assertThat(Syntax.name("a".repeat(32))).hasSize(32);
        assertThat(Syntax.name("\uD83C\uDF36".repeat(32))).hasSize(64);
        assertThat(Syntax.name("a" + " ".repeat(1_000) + "b")).isEqualTo("a b");
        assertThat(catchThrowableOfType(CommandRejectedException.class, () -> Syntax.name("a".repeat(33))))
                .isNotNull();
        assertThat(catchThrowableOfType(CommandRejectedException.class, () -> Syntax.name("\uFDFA".repeat(2))))
                .isNotNull(); // one character that becomes eighteen
    }

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "a", "0", "a-b_c.d", "0.1.2", "game-42"})
    void aRoomMayBeCalled(String name) {
        assertThat(Syntax.isRoom(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", ".a", "_a", "a/b", "a b", "é", "a\n", "a\u0000", "..", "a%2e", "ａ"})
    void aRoomMayNotBeCalled(String name) {
        assertThat(Syntax.isRoom(name)).isFalse();
    }
}
