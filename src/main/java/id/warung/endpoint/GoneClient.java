package id.warung.endpoint;

import id.warung.logging.LogContext;
import java.io.IOException;
import java.lang.System.Logger;

/** Logs failures that clients cause by going away, at debug level: each is one line; whatever else it may be is logged with its trace. Static. */
final class GoneClient {
    private GoneClient() {}

    static void log(Logger log, LogContext about, String sentence, Throwable failure) {
        if (failure instanceof IOException) {
            log.log(Logger.Level.DEBUG, about.line(sentence + ": " + failure));
        } else {
            log.log(Logger.Level.DEBUG, about.line(sentence), failure);
        }
    }
}
