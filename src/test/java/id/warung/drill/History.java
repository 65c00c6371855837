package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.HaProxy;
import id.warung.kit.Node;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A reader of rooms over HTTP, like a bot with curl. Thread-safe. */
final class History {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final int MAX_LIMIT = 500;

    /** A page of the log; {@code first} is the lowest available seq, if the page has one. */
    record Page(String epoch, long head, long first, List<Seen> entries, String etag) {}

    private final UnaryOperator<URI> server;

    History(Node node) {
        this.server = path -> node.http(path.toString());
    }

    /** Reads through a proxy. */
    History(HaProxy proxy) {
        this.server = path -> proxy.http(path.toString());
    }

    /** A page; the query is such as {@code after=40&limit=10}. */
    Page page(String room, String query) {
        HttpResponse<String> response = get(room, query, null);
        assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
        JsonObject page = parse(response.body());
        List<Seen> entries = page.getJsonArray("entries").stream()
                .map(JsonValue::asJsonObject)
                .map(Seen::of)
                .toList();
        long first = page.containsKey("gap") ? page.getJsonObject("gap").getInt("to") + 1L : 1;
        return new Page(
                page.getString("epoch"),
                page.getJsonNumber("head").longValueExact(),
                first,
                entries,
                response.headers().firstValue("ETag").orElseThrow());
    }

    /** The status of a request with the tag of a known page. */
    int statusIfNoneMatch(String room, String query, String etag) {
        return get(room, query, etag).statusCode();
    }

    HttpResponse<String> get(String room, String query, String etag) {
        HttpRequest.Builder request = request("api/rooms/" + room + "/messages?" + query);
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        return send(request);
    }

    /** The response of {@code /health/ready}. */
    JsonObject health() {
        return parse(send(request("health/ready")).body());
    }

    /** The whole kept log of a room, page by page. */
    RoomLog read(String room) {
        Page page = page(room, "after=0&limit=" + MAX_LIMIT);
        return toTheHead(room, page.first(), new ArrayList<>(), page);
    }

    /** A log that was read before, with what has been added; only this is read. Nothing may have been trimmed, and the log is the same. */
    RoomLog readOn(RoomLog known) {
        Page page = page(known.room(), "after=" + known.head() + "&limit=" + MAX_LIMIT);
        assertThat(page.epoch()).isEqualTo(known.epoch());
        assertThat(page.head()).as("the head of %s", known.room()).isGreaterThanOrEqualTo(known.head());
        return toTheHead(known.room(), known.first(), new ArrayList<>(known.entries()), page);
    }

    private RoomLog toTheHead(String room, long first, List<Seen> entries, Page begin) {
        Page page = begin;
        entries.addAll(page.entries());
        while (!page.entries().isEmpty()
                && entries.get(entries.size() - 1).seq() < page.head()) { // by seq: pages may be short
            long last = entries.get(entries.size() - 1).seq();
            page = page(room, "after=" + last + "&limit=" + MAX_LIMIT);
            entries.addAll(page.entries());
        }
        return new RoomLog(room, page.epoch(), first, entries);
    }

    Map<String, RoomLog> read(Collection<String> rooms) {
        return readOn(rooms, Map.of());
    }

    /** All of these rooms; of those that are known only what has been added is read. */
    Map<String, RoomLog> readOn(Collection<String> rooms, Map<String, RoomLog> known) {
        return rooms.stream()
                .map(room -> known.containsKey(room) ? readOn(known.get(room)) : read(room))
                .collect(Collectors.toMap(RoomLog::room, Function.identity()));
    }

    private HttpRequest.Builder request(String path) {
        URI uri = server.apply(URI.create(path));
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
