package id.warung.log;

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
