package id.warung.log;

import id.warung.log.postgres.PostgresStorage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

class PostgresReactionsTest extends DurableReactionsContract {
    @Override
    protected MessageLog open() throws IOException {
        return PostgresStorage.open(PostgresTables.empty(), codec, Clock.systemUTC())
                .log();
    }

    @Override
    protected void trim(RetentionPolicy policy) throws IOException {
        PostgresStorage.Background background = new PostgresStorage.Background(
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                room -> policy,
                (room, first) -> {},
                Runnable::run);
        Storage fresh = PostgresStorage.open(PostgresTables.connections(), null, codec, Clock.systemUTC(), background);
        boolean more;
        do {
            more = false;
            for (Job job : fresh.jobs()) {
                more |= job.work().runSlice();
            }
        } while (more);
    }

    @Override
    protected long reactionRows() throws IOException {
        try {
            return Long.parseLong(PostgresTables.database().query("SELECT count(*) FROM warung.reactions"));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
