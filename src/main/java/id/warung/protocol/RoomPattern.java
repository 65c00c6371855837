package id.warung.protocol;

import java.util.regex.Pattern;

/** A pattern of room names, in which {@code *} stands for any characters. Immutable; matching takes a time that no pattern can make long. */
public final class RoomPattern {
    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9*][a-z0-9._*-]*");
    private static final int MAX_ROOM_CHARS = 64;

    private final String pattern;

    private RoomPattern(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with a sentence, when no room name can match
     */
    public static RoomPattern of(String pattern) {
        if (!SYNTAX.matcher(pattern).matches() || pattern.replace("*", "").length() > MAX_ROOM_CHARS) {
            throw new IllegalArgumentException("The pattern \"" + pattern
                    + "\" matches no room name. A room name has 1 to "
                    + MAX_ROOM_CHARS + " of a-z, 0-9, dot, dash and underscore, and starts with a letter or digit;"
                    + " * matches any characters.");
        }
        return new RoomPattern(pattern);
    }

    /** Whether the whole name matches. */
    public boolean matches(String room) {
        int at = 0; // in the pattern
        int star = -1; // the last one met
        int resumed = 0; // where in the name it stops for now
        int i = 0;
        while (i < room.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resumed = i;
            } else if (at < pattern.length() && pattern.charAt(at) == room.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resumed;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
