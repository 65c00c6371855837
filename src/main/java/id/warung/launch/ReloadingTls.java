package id.warung.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The server's present TLS context. When the files change and stay as they are for a second, it is made anew for the next handshakes;
 * connections keep the one with which they began. New files that cannot be used change nothing but the log, which says so once
 * (docs/adr/0027). One thread calls {@link #check}; any may call {@link #get}.
 */
final class ReloadingTls implements Supplier<SSLContext> {
    private static final Logger LOG = System.getLogger(ReloadingTls.class.getName());
    private static final long CHECK_MS = 1_000;

    private final TlsFiles files;
    private final Clock clock;
    private volatile SSLContext current;
    private String decided; // the fingerprint of the contents that were last taken or refused, or why there was none
    private String arriving; // what the files had at the last check, if that was not decided yet; null: nothing

    /** @throws UsageException with a sentence, when the files are no identity of a server */
    ReloadingTls(TlsFiles files, Clock clock) throws UsageException {
        this.files = files;
        this.clock = clock;
        TlsFiles.Contents contents = files.read();
        TlsCredentials credentials = TlsCredentials.of(files, contents);
        current = credentials.context();
        decided = contents.fingerprint();
        LOG.log(
                credentials.isValidAt(clock.instant()) ? Level.INFO : Level.WARNING,
                "Warung uses " + credentials.description() + "."
                        + (credentials.isValidAt(clock.instant()) ? "" : " It is not valid now: browsers refuse it."));
    }

    @Override
    public SSLContext get() {
        return current;
    }

    /** Looks at the files from now on, on a thread of its own that does not keep the process alive. */
    void watch() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "warung-tls");
            thread.setDaemon(true);
            return thread;
        });
        Runnable check = () -> {
            try {
                check();
            } catch (RuntimeException bug) { // as nothing else would report it
                LOG.log(Level.ERROR, "The TLS files could not be checked.", bug);
            } catch (Error fatal) {
                LOG.log(Level.ERROR, "The TLS files are not checked any more.", fatal);
                throw fatal;
            }
        };
        Future<?> unused = timer.scheduleWithFixedDelay(check, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
    }

    /** Looks at the files once. */
    void check() {
        TlsFiles.Contents contents = null;
        String found;
        String refusal = null;
        try {
            contents = files.read();
            found = contents.fingerprint();
        } catch (UsageException unreadable) {
            refusal = unreadable.getMessage();
            found = refusal;
        }
        if (found.equals(decided) || !found.equals(arriving)) {
            arriving = found.equals(decided) ? null : found; // perhaps it is still being written
            return;
        }
        decided = found;
        arriving = null;
        try {
            if (refusal == null) {
                take(contents);
                return;
            }
        } catch (UsageException unusable) {
            refusal = unusable.getMessage();
        }
        LOG.log(Level.WARNING, "Warung continues with the TLS certificate that it has. " + refusal);
    }

    private void take(TlsFiles.Contents contents) throws UsageException {
        TlsCredentials credentials = TlsCredentials.of(files, contents);
        if (!credentials.isValidAt(clock.instant())) {
            throw new UsageException(
                    "The new one is not valid now: " + credentials.description() + ". Get another one.");
        }
        current = credentials.context();
        LOG.log(Level.INFO, "From now on, Warung uses " + credentials.description() + ".");
    }
}
