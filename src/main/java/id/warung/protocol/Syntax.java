package id.warung.protocol;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for legal room names, ids, user names and texts. Static, stateless. */
public final class Syntax {
    private static final int MAX_ROOM_CHARS = 64;
    private static final int MAX_ID_CHARS = 64;
    /** Short enough for two ids in one room name. */
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9-]{0,27}");

    private static final int MAX_NAME_CHARS = 32;
    /** Variation selectors, which say how to draw the character before them. */
    private static final Pattern VARIATION = Pattern.compile("[\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");
    /** Letters, marks and signs that are invisible, besides the format characters: names that look the same must not differ. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}\\x{3164}\\x{FFA0}]");

    private static final Pattern JOINERS_AT_THE_END = Pattern.compile("[\\x{200C}\\x{200D}]+$");
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Syntax() {}

    /** Each command names a room and most have an id: their rules are loops, which take less time than patterns. */
    public static boolean isRoom(String room) {
        if (room.isEmpty() || room.length() > MAX_ROOM_CHARS || !isLetterOrDigit(room.charAt(0))) {
            return false;
        }
        for (int i = 1; i < room.length(); i++) {
            char c = room.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    static String room(String room) throws CommandRejectedException {
        if (!isRoom(room)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_ROOM,
                    "A room name has 1 to 64 of a-z, 0-9, dot, dash and underscore, and starts with a letter or digit.");
        }
        return room;
    }

    static String id(String id) throws CommandRejectedException {
        if (!isId(id)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_ID, "An id has 1 to 64 printable ASCII characters and no spaces.");
        }
        return id;
    }

    private static boolean isId(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= MAX_ID_CHARS;
    }

    /** The epoch of a log; an empty one is rejected, because no log has it. */
    static String epoch(String epoch) throws CommandRejectedException {
        if (epoch.length() > Limits.MAX_EPOCH_CHARS) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_COMMAND, "An epoch has at most " + Limits.MAX_EPOCH_CHARS + " characters.");
        }
        return epoch;
    }

    static String token(String token) throws CommandRejectedException {
        if (token.length() > Limits.MAX_TOKEN_CHARS) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TOKEN, "A token has at most " + Limits.MAX_TOKEN_CHARS + " characters.");
        }
        return token;
    }

    public static boolean isUser(String user) {
        return USER.matcher(user).matches();
    }

    static String user(String user) throws CommandRejectedException {
        if (!isUser(user)) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "This is not a valid user id.");
        }
        return user;
    }

    /** A room's topic, in one line; may be empty. */
    static String topic(String topic) throws CommandRejectedException {
        if (topic.chars().anyMatch(Character::isISOControl)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TEXT, "A topic must be one line without control characters.");
        }
        if (isTooLong(topic, Limits.MAX_TOPIC_CHARS)) {
            throw new CommandRejectedException(
                    ErrorCode.TEXT_TOO_LONG, "A topic has at most " + Limits.MAX_TOPIC_CHARS + " characters.");
        }
        return withoutLoneSurrogates(topic.strip());
    }

    /** A room's title in canonical form (NFC, single spaces); may be empty. */
    static String title(String raw) throws CommandRejectedException {
        if (raw.length() > 2 * Limits.MAX_TITLE_CHARS) { // before any work whose time grows with the length
            throw titleTooLong();
        }
        if (raw.codePoints().anyMatch(Syntax::isUnfitForNames)
                || UNSEEN.matcher(raw).find()) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TEXT, "A title must be one line without control or invisible characters.");
        }
        String title = Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        if (!Joiners.areInPlace(title)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TEXT, "A title must be one line without control or invisible characters.");
        }
        if (isTooLong(title, Limits.MAX_TITLE_CHARS)
                || GRAPHEME.matcher(title).results().count() > Limits.MAX_TITLE_GRAPHEMES) {
            throw titleTooLong();
        }
        return title;
    }

    private static CommandRejectedException titleTooLong() {
        return new CommandRejectedException(
                ErrorCode.TEXT_TOO_LONG, "A title has at most " + Limits.MAX_TITLE_GRAPHEMES + " characters.");
    }

    /** A text that may be posted; lone surrogates become U+FFFD. */
    static String text(String text, int maxTextChars) throws CommandRejectedException {
        if (text.isEmpty()) {
            throw new CommandRejectedException(ErrorCode.BAD_TEXT, "The text is empty.");
        }
        if (text.indexOf('\0') >= 0) {
            throw new CommandRejectedException(ErrorCode.BAD_TEXT, "The text contains a NUL character.");
        }
        if (isTooLong(text, maxTextChars)) {
            throw new CommandRejectedException(
                    ErrorCode.TEXT_TOO_LONG, "The text has more than " + maxTextChars + " characters.");
        }
        return withoutLoneSurrogates(text);
    }

    /** Whether the text is too long, in code points, not UTF-16 units. */
    public static boolean isTooLong(String text, int maxTextChars) {
        return text.length() > maxTextChars && text.codePointCount(0, text.length()) > maxTextChars;
    }

    /** The text with every lone surrogate replaced: some containers stop sending for ever after one. */
    public static String withoutLoneSurrogates(String text) {
        int i = 0;
        while (i < text.length() && !Character.isSurrogate(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(c -> repaired.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
        return repaired.toString();
    }

    /** A display name in canonical form (NFKC, single spaces). */
    public static String name(String raw) throws CommandRejectedException {
        if (raw.length() > Limits.MAX_RAW_NAME_CHARS) { // before any work whose time grows with the length
            throw new CommandRejectedException(
                    ErrorCode.BAD_NAME, "A name has 1 to " + MAX_NAME_CHARS + " characters.");
        }
        String drawn = VARIATION.matcher(raw).replaceAll("");
        String name = Normalizer.normalize(drawn, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        if (raw.codePoints().anyMatch(Syntax::isUnfitForNames)
                || UNSEEN.matcher(raw).find()
                || !Joiners.areInPlace(name)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_NAME, "A name must not contain control or invisible characters.");
        }
        if (name.isEmpty() || isTooLong(name, MAX_NAME_CHARS)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_NAME, "A name has 1 to " + MAX_NAME_CHARS + " characters.");
        }
        if (LookAlikes.mixesScripts(name)) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_NAME, "A word of a name must not mix scripts: letters may look alike.");
        }
        return name;
    }

    /** The name with a number appended; legal if the name is. A long name is shortened to make room. */
    public static String numberedName(String name, int number) {
        String suffix = " " + number;
        return shortened(name, MAX_NAME_CHARS - suffix.length()) + suffix;
    }

    /** The name, shortened to the longest legal length. */
    public static String shortened(String name) {
        return shortened(name, MAX_NAME_CHARS);
    }

    /** Cuts between user-visible characters, unless the first one alone is too long. */
    private static String shortened(String name, int maxChars) {
        if (!isTooLong(name, maxChars)) {
            return name;
        }
        Matcher grapheme = GRAPHEME.matcher(name);
        int end = 0;
        while (grapheme.find() && !isTooLong(name.substring(0, grapheme.end()), maxChars)) {
            end = grapheme.end();
        }
        String cut = JOINERS_AT_THE_END.matcher(name.substring(0, end).strip()).replaceFirst("");
        return cut.isEmpty()
                ? name.substring(0, name.offsetByCodePoints(0, maxChars)).strip()
                : cut;
    }

    /** Whether it is a letter, mark or sign that shows nothing. */
    static boolean isUnseen(int codePoint) {
        return UNSEEN.matcher(Character.toString(codePoint)).matches();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isUnfitForNames(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT -> !Joiners.isJoiner(codePoint);
            case Character.UNASSIGNED -> !NewCharacters.mayBeInNames(codePoint);
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
