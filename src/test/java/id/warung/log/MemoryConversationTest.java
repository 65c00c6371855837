package id.warung.log;

import id.warung.log.memory.MemoryLog;
import java.time.Clock;

class MemoryConversationTest extends ConversationContract {
    @Override
    protected MessageLog open() {
        return new MemoryLog(codec, Clock.systemUTC(), 10_000, Long.MAX_VALUE, (room, first) -> {});
    }

    @Override
    protected void searchable() {
        // it always is
    }
}
