package id.warung.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people and systems write them. Static, stateless. */
final class PathText {
    private static final char UNREADABLE = '\uFFFD';

    private PathText() {}

    /**
     * The path of a folder.
     *
     * @param from the option or variable, for the message
     * @throws UsageException with a sentence, when the text can hardly be meant as the path of a folder
     */
    static Path parse(String from, String text) throws UsageException {
        return parse(from, text, "folder");
    }

    /** The path of a file, in the same way. */
    static Path file(String from, String text) throws UsageException {
        return parse(from, text, "file");
    }

    private static Path parse(String from, String text, String what) throws UsageException {
        if (text.indexOf(UNREADABLE) >= 0) {
            throw new UsageException(from + " has letters that the locale of this process does not have: set"
                    + " LC_ALL=C.UTF-8, or another locale with UTF-8, or name a " + what + " in ASCII.");
        }
        Path path = pathOrNull(text);
        // where no shell expands it, as after an equals sign, a ~ would be a folder with that name
        if (path == null || text.equals("~") || text.startsWith("~/") || !text.equals(text.strip())) {
            throw new UsageException(
                    from + " must be the full path of a " + what + ", without ~, spaces around it, and control"
                            + " characters such as line ends, not \"" + printable(text) + "\".");
        }
        return path;
    }

    /** The path; null when it is none, or has control characters: no folder is called so on purpose. */
    static Path pathOrNull(String text) {
        try {
            return text.indexOf(UNREADABLE) >= 0 || text.chars().anyMatch(Character::isISOControl)
                    ? null
                    : Path.of(text);
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString().replace("\\u000d", "\\r").replace("\\u000a", "\\n");
    }
}
