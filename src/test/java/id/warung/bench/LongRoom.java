package id.warung.bench;

import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.Principal;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fills a data folder that no Warung is using with a room of this many entries. */
final class LongRoom {
    private static final int GROUP = 200;

    private LongRoom() {}

    /** Arguments: the folder, the room, the entries. */
    public static void main(String... args) throws Exception {
        long entries = Long.parseLong(args[2]);
        Principal author =
                new Principal(new User("u-4f2k9q", "Ana"), Set.of(Principal.Right.POST, Principal.Right.CREATE_ROOMS));
        try (SqliteLog log = SqliteLog.open(Path.of(args[0]), new EntryCodec(), Clock.systemUTC())) {
            for (long written = 0; written < entries; ) {
                List<AppendRequest> group = new ArrayList<>(GROUP);
                while (group.size() < GROUP && written < entries) {
                    written++;
                    String text = written + ": the quick brown fox jumps over the lazy dog";
                    group.add(new AppendRequest(
                            new Command.Post(args[1], "c-" + written, text),
                            author,
                            List.of(),
                            result -> AppendCallback.NOTHING));
                }
                log.append(group);
            }
        }
    }
}
