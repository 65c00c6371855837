package id.warung.protocol;

/**
 * Reads the JSON that clients usually send, without the library: one object of strings without escapes, whole numbers, true and
 * false, each key once. Everything else, also what is wrong, is for the library. Not thread-safe.
 */
final class FlatObject {
    private static final int MAX_DIGITS = 18;

    private final String json;
    private int at;

    private FlatObject(String json) {
        this.json = json;
    }

    /** Reads the object into the fields; false when it is for the library: then the fields are empty. */
    static boolean read(String json, Fields fields) {
        if (new FlatObject(json).read(fields)) {
            return true;
        }
        fields.clear();
        return false;
    }

    private boolean read(Fields fields) {
        if (!skips('{')) {
            return false;
        }
        do {
            String key = string();
            if (key == null || !skips(':') || !value(key, fields)) {
                return false;
            }
        } while (skips(','));
        return skips('}') && isAtTheEnd();
    }

    private boolean value(String key, Fields fields) {
        char first = next();
        if (first == '"') {
            String text = string();
            return text != null && fields.put(key, text);
        }
        if (isDigit(first)) {
            String digits = digits();
            return digits != null && fields.putDigits(key, digits);
        }
        return word("true") ? fields.put(key, true) : word("false") && fields.put(key, false);
    }

    /** A whole number as it is written, otherwise null. */
    private String digits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        boolean padded = json.charAt(start) == '0' && at > start + 1;
        return padded || at - start > MAX_DIGITS || !isEnd(peek()) ? null : json.substring(start, at);
    }

    private boolean word(String word) {
        boolean there = json.startsWith(word, at);
        at += there ? word.length() : 0;
        return there && isEnd(peek());
    }

    /** Where a number or a word may end; not at a dot, an exponent or a letter. */
    private static boolean isEnd(char c) {
        return c == ',' || c == '}' || isBlank(c);
    }

    /** A string without escapes and control characters, otherwise null. */
    private String string() {
        if (!skips('"')) {
            return null;
        }
        int start = at;
        for (int i = start; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                at = i + 1;
                return json.substring(start, i);
            }
            if (c == '\\' || c < ' ') {
                return null;
            }
        }
        return null;
    }

    private boolean skips(char wanted) {
        boolean there = next() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** The next character that is not blank; 0 at the end. */
    private char next() {
        while (isBlank(peek())) {
            at++;
        }
        return peek();
    }

    /** Nothing follows but blanks; a NUL is not nothing. */
    private boolean isAtTheEnd() {
        return next() == 0 && at == json.length();
    }

    private char peek() {
        return at < json.length() ? json.charAt(at) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
