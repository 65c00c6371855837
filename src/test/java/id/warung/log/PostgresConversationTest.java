package id.warung.log;

import id.warung.log.postgres.PostgresStorage;
import java.io.IOException;
import java.time.Clock;

class PostgresConversationTest extends ConversationContract {
    @Override
    protected MessageLog open() throws IOException {
        return PostgresStorage.open(PostgresTables.empty(), codec, Clock.systemUTC())
                .log();
    }

    @Override
    protected void searchable() throws IOException {
        // nobody tells this one what was written; one that has just been opened looks at everything
        Storage fresh = PostgresStorage.open(PostgresTables.connections(), codec, Clock.systemUTC());
        while (fresh.jobs().get(0).work().runSlice()) {
            // all of it
        }
    }
}
