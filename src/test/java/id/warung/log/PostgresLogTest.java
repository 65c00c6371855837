package id.warung.log;

import id.warung.log.postgres.PostgresLog;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class PostgresLogTest extends MessageLogContract {
    @Override
    protected MessageLog open() {
        return PostgresLog.in(PostgresTables.empty(), codec, clock);
    }

    /** Fewer tries: each empties a database, and each group is on the disk before the next. */
    @Override
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void aLogIsAListForEachRoom(@ForAll @Size(max = 25) List<@From("doings") Doing> doings) throws IOException {
        super.aLogIsAListForEachRoom(doings);
    }
}
