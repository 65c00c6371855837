package id.warung.log.memory;

import id.warung.log.Committer;
import id.warung.log.Directory;
import id.warung.log.Job;
import id.warung.log.MessageLog;
import id.warung.log.Principal;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomSearch;
import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The storage of ephemeral rooms, in the memory of one node. They are in no list. */
public final class MemoryStorage implements Storage {
    private final MemoryLog log;
    private final List<Job> jobs;

    /**
     * Keeps about this many entries of each room, and this many bytes of all together.
     *
     * @param trim how often retention runs; null: never
     */
    public MemoryStorage(
            EntryCodec codec,
            Clock clock,
            int maxEntriesPerRoom,
            long maxBytes,
            Duration trim,
            Function<String, RetentionPolicy> kept,
            Trimmed trimmed) {
        log = new MemoryLog(codec, clock, maxEntriesPerRoom, maxBytes, trimmed);
        jobs = trim == null
                ? List.of()
                : List.of(new Job("Old messages could not be trimmed; the next run tries again", trim, () -> {
                    log.trim(kept);
                    return false;
                }));
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public Directory directory() {
        return new Nobody();
    }

    @Override
    public List<Committer.Listener> listeners() {
        return List.of();
    }

    @Override
    public List<Job> jobs() {
        return jobs;
    }

    @Override
    public String damage() {
        return null;
    }

    @Override
    public void close() {
        log.close();
    }

    private static final class Nobody implements Directory {
        @Override
        public Page<Listed> rooms(String userId, String after, int limit) {
            return new Page<>(List.of(), null);
        }

        @Override
        public Page<Listed> find(RoomSearch search, String userId, String after, int limit) {
            return new Page<>(List.of(), null);
        }

        @Override
        public List<Common> inCommon(String userId, String otherId, int limit) {
            return List.of();
        }

        @Override
        public Map<String, Long> heads(Collection<String> userIds, int limit) {
            return Map.of();
        }

        @Override
        public Map<String, List<Listed>> rooms(Map<String, ? extends Collection<String>> rooms) {
            return Map.of();
        }

        @Override
        public Listed room(Principal who, String room) {
            return null;
        }

        @Override
        public Page<User> members(String room, String after, int limit) {
            return new Page<>(List.of(), null);
        }

        @Override
        public Page<User> people(String prefix, String after, int limit) {
            return new Page<>(List.of(), null);
        }

        @Override
        public User person(String id) {
            return null;
        }

        @Override
        public Account account(String id) {
            return null;
        }

        @Override
        public Set<String> takenKeys(Collection<String> keys) {
            return Set.of();
        }
    }
}
