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
