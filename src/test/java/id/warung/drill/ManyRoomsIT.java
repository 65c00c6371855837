package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A client creates rooms as fast as it can, and names rooms that do not exist. */
class ManyRoomsIT {
    private static final int ROOMS = Scale.of(2_000, 50_000);
    private static final int NAMES = Scale.of(5_000, 100_000);
    private static final int AT_A_TIME = 100;
    private static final int REQUESTS = 20;
    private static final int MOST_MS = Scale.of(250, 50); // others use this machine in small runs

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final TreeMap<String, Double> millis = new TreeMap<>(); // the median of many requests

    private static JsonObject get(WarungProcess warung, String path, String token) {
        return get(warung, path, token, 200);
    }

    private static JsonObject get(WarungProcess warung, String path, String token, int status) {
        HttpRequest.Builder request = HttpRequest.newBuilder(warung.http(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
            try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonObject timed(String what, WarungProcess warung, String path, String token) {
        double[] each = new double[REQUESTS];
        JsonObject answer = null;
        for (int n = 0; n < REQUESTS; n++) {
            long begun = System.nanoTime();
            answer = get(warung, path, token);
            each[n] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(each);
        millis.put(what, each[REQUESTS / 2]);
        return answer;
    }

    private static List<String> names(JsonObject list) {
        return list.getJsonArray("rooms").stream()
                .map(room -> room.asJsonObject().getString("room"))
                .toList();
    }

    private static void make(Person flood, int rooms) {
        for (int first = 0; first < rooms; first += AT_A_TIME) {
            for (int n = first; n < first + AT_A_TIME; n++) {
                flood.say("{\"type\":\"create\",\"room\":\"spam-" + n + "\",\"id\":\"c-" + n + "\"}");
            }
            for (int n = 0; n < AT_A_TIME; n++) {
                flood.next("ack");
            }
        }
    }

    /** Joins rooms that do not exist, and leaves them again. */
    private static void name(Person flood, int rooms) {
        for (int first = 0; first < rooms; first += AT_A_TIME) {
            for (int n = first; n < first + AT_A_TIME; n++) {
                flood.say("{\"type\":\"join\",\"room\":\"nowhere-" + n + "\",\"last\":0}");
                flood.say("{\"type\":\"leave\",\"room\":\"nowhere-" + n + "\"}");
                if (n % 10 == 9) {
                    for (int answers = 0; answers < 20; answers++) {
                        flood.next();
                    }
                }
            }
        }
    }

    /** The bytes on the heap after a collection, as reported by the JDK's tool. */
    private static long heapBytes(WarungProcess warung) {
        String histogram = Program.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(warung.pid()),
                "GC.class_histogram");
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.replaceAll("Total +[0-9]+ +([0-9]+).*", "$1"));
    }

    @Test
    void theListsAreQuickAndOnesOwnRoomsAreInFront() {
        try (WarungProcess warung = new WarungProcess(folder).start();
                Person honest = Person.in("lobby", warung.chat());
                Person flood = Person.signedIn(warung.chat())) {
            honest.hasRead("lobby", honest.post("lobby", "hello").getInt("seq"));
            long begun = System.nanoTime();
            make(flood, ROOMS);
            double seconds = (System.nanoTime() - begun) / 1e9;

            JsonObject own = timed("honest's first page", warung, "api/rooms", honest.token());
            assertThat(names(own)).hasSize(200).startsWith("lobby");
            JsonObject first = timed("a stranger's first page", warung, "api/rooms", null);
            Set<String> all = new HashSet<>(names(first));
            List<String> afters = new ArrayList<>();
            for (JsonObject page = first; page.containsKey("next"); ) {
                afters.add(page.getString("next"));
                page = get(warung, "api/rooms?after=" + page.getString("next"), null);
                assertThat(all.addAll(names(page))).isTrue();
            }
            assertThat(all).hasSize(ROOMS + 1).contains("lobby");
            timed("the last page", warung, "api/rooms?after=" + afters.get(afters.size() - 1), null);
            assertThat(names(get(warung, "api/rooms?limit=3", null))).hasSize(3);
            for (String bad : List.of("rooms?after=x", "rooms?limit=0", "rooms?limit=201", "people?q=n&after=u-0")) {
                assertThat(get(warung, "api/" + bad, null, 400).getString("error"))
                        .isEqualTo("bad-query");
            }
            timed("one room", warung, "api/rooms/spam-7", null);
            timed("people", warung, "api/people?q=n", null);

            long before = heapBytes(warung);
            name(flood, NAMES);
            long after = heapBytes(warung);
            System.out.printf(
                    "rooms: %d made in %.1f s; middle of %d requests in ms: %s; %d names that are not there took %d KB%n",
                    ROOMS, seconds, REQUESTS, millis, NAMES, (after - before) / 1024);
            assertThat(millis.values()).allSatisfy(each -> assertThat(each).isLessThan(MOST_MS));
            assertThat(after - before).as("bytes for %s names", NAMES).isLessThan(4 * 1024 * 1024L);
        }
    }
}
