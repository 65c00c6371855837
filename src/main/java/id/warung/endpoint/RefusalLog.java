package id.warung.endpoint;

import java.lang.System.Logger;
import java.util.HashSet;
import java.util.Set;

/**
 * Logs why requests are refused that a wrong configuration may have caused: each sentence once, and only the first few, because any
 * client can cause them. Thread-safe.
 */
final class RefusalLog {
    private static final Logger LOG = System.getLogger(RefusalLog.class.getName());
    private static final int MOST = 32;
    private static final int LONGEST = 200;

    private final Set<String> told = new HashSet<>();

    void tell(String sentence) {
        synchronized (told) {
            if (told.size() == MOST || !told.add(sentence)) {
                return;
            }
        }
        LOG.log(Logger.Level.WARNING, sentence);
    }

    /** The value of a header in quotes, printable and of limited length; null: there is none, or several. */
    static String quoted(String value) {
        if (value == null) {
            return "missing";
        }
        String printable = value.replaceAll("[^ -~]", "?");
        return "\"" + (printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable) + "\"";
    }
}
