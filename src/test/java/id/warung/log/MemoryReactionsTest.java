package id.warung.log;

import id.warung.log.memory.MemoryLog;
import java.time.Clock;

class MemoryReactionsTest extends ReactionsContract {
    @Override
    protected MessageLog open() {
        return new MemoryLog(codec, Clock.systemUTC(), 100_000, Long.MAX_VALUE, (room, first) -> {});
    }
}
