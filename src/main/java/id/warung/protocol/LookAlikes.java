package id.warung.protocol;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that look the same: letters of other scripts that are drawn as Latin ones, and words that mix scripts. After the
 * ideas of Unicode TR 39, with a small table of our own. Static, stateless.
 */
public final class LookAlikes {
    /** Letters and the Latin ones that they look like, at the same place; capitals and small letters of their own. */
    private static final String[][] LETTERS = {
        {"АВЕЅІЈКМНОРСТУҮХԌԚԜѴӀ", "ABESIJKMHOPCTYYXGQWVI"}, // Cyrillic
        {"авеѕіјкмнорстуүхһԁԛԝѵӏ", "abesijkmhopctyyxhdqwvl"},
        {"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"}, // Greek
        {"αγηικνορτυχω", "aynikvoptuxw"},
        {"ՍՏԼՕհոսօցզյ", "USLOhnuogqj"}, // Armenian
        {"ⲎⲒⲔⲘⲚⲞⲢⲤⲦⲬⲟⲣⲥ", "HIKMNOPCTXopc"}, // Coptic
        {"ᎠᎡᎢᎪᎫᎬᎳᎷᎻᎶᏃᏙᏚᏞᏟᏢᏦᏴ", "DRTAJEWMHGZVSLCPKB"}, // Cherokee
        {"ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU"}, // Lisu
        {"ɑɡɩᴄᴏᴠᴡᴢꜱ", "agicovwzs"}, // rare Latin ones
    };

    private static final Map<Integer, Integer> LATIN = latin();

    /** A word: everything else separates words. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Cn}\\x{200C}\\x{200D}]+");

    private static final Set<UnicodeScript> EAST_ASIAN = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    private LookAlikes() {}

    private static Map<Integer, Integer> latin() {
        Map<Integer, Integer> latin = new HashMap<>();
        for (String[] pair : LETTERS) {
            int[] letters = pair[0].codePoints().toArray();
            int[] drawn = pair[1].codePoints().toArray();
            for (int i = 0; i < letters.length; i++) {
                latin.put(letters[i], drawn[i]);
            }
        }
        return Map.copyOf(latin);
    }

    /** The forms in which names must differ: as they are spelt and as they look, without regard to case; searches fold further: José is not Jose. */
    public static Set<String> keys(String name) {
        return Set.copyOf(List.of(folded(name), folded(skeleton(name))));
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The name with Latin letters in place of those that look like them, and without joiners: names that look the same have the same skeleton. */
    public static String skeleton(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return likeStrokes(name);
        }
        StringBuilder skeleton = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> !Joiners.isJoiner(c))
                .forEach(c -> skeleton.appendCodePoint(LATIN.getOrDefault(c, c)));
        return likeStrokes(Normalizer.normalize(skeleton, Normalizer.Form.NFC));
    }

    /** A capital I, an l, a one and a bar are one stroke; a zero is a capital O. */
    private static String likeStrokes(String name) {
        return name.replace('I', 'l').replace('1', 'l').replace('|', 'l').replace('0', 'O');
    }

    /** Whether a word mixes scripts, a common way to imitate another word. East Asian scripts are written together, also with Latin. */
    static boolean mixesScripts(String name) {
        Matcher word = WORD.matcher(name);
        while (word.find()) {
            if (hasMixedScripts(word.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMixedScripts(String word) {
        EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints().mapToObj(LookAlikes::script).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        if (scripts.removeAll(EAST_ASIAN)) {
            scripts.remove(UnicodeScript.LATIN);
            return !scripts.isEmpty();
        }
        return scripts.size() > 1;
    }

    /** The script, also of the characters that this Java does not know yet. */
    private static UnicodeScript script(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        if (script != UnicodeScript.UNKNOWN) {
            return script;
        }
        return NewCharacters.isHan(character) ? UnicodeScript.HAN : UnicodeScript.COMMON;
    }
}
