package id.warung.kit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A monotonic clock that stands still until the test moves it. It starts shortly before an overflow, as a real one may. */
public final class ManualClock implements LongSupplier {
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(60);

    @Override
    public long getAsLong() {
        return nanos;
    }

    public void moveMs(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
