package id.warung.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One session as other nodes know it.
 *
 * @param since when it began; other nodes know it to the millisecond
 * @param id of the session
 * @param signIns with which it came so far, the latest last
 * @param address of the client
 * @param agent what the client calls itself; null: nothing
 */
record Connection(Instant since, String id, List<String> signIns, String address, String agent) {
    /** The oldest first; all nodes agree. */
    static final Comparator<Connection> BY_AGE =
            Comparator.comparingLong(Connection::sinceMillis).thenComparing(Connection::id);

    private static final int PARTS = 5;
    private static final int MAX_AGENT = 200;

    static Connection of(ChatSession session) {
        return new Connection(
                session.since(),
                session.id(),
                session.signIns(),
                session.address().text(),
                session.agent());
    }

    private long sinceMillis() {
        return since.toEpochMilli();
    }

    String signIn() {
        return signIns.get(signIns.size() - 1);
    }

    /** As one line. */
    String line() {
        String signInsText = signIns.stream().map(Connection::encoded).collect(Collectors.joining(","));
        String agentText = agent == null ? "" : agent.substring(0, Math.min(MAX_AGENT, agent.length()));
        return String.join(
                " ", Long.toString(sinceMillis()), encoded(id), signInsText, encoded(address), encoded(agentText));
    }

    static Connection of(String line) {
        String[] parts = line.split(" ", PARTS);
        String agent = decoded(parts[4]);
        return new Connection(
                Instant.ofEpochMilli(Long.parseLong(parts[0])),
                decoded(parts[1]),
                Arrays.stream(parts[2].split(",", -1)).map(Connection::decoded).toList(),
                decoded(parts[3]),
                agent.isEmpty() ? null : agent);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
