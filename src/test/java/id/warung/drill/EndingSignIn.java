package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.Wire;
import id.warung.kit.Cluster;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A user whose sign-in ends on node 0 while it has connections to node 1, and a second one, which has a connection too. For one thread. */
final class EndingSignIn implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** How a sign-in ends. */
    enum Way {
        /** A guest has one sign-in. */
        GUEST_SIGNS_OUT(4500, false),
        /** This sign-in, and no other one of the user. */
        SIGNS_OUT(4500, true),
        EVERYWHERE(4500, false),
        /** By its user, from another device. */
        IS_ENDED(4502, true);

        private final int code;
        private final boolean sparesOthers;

        Way(int code, boolean sparesOthers) {
            this.code = code;
            this.sparesOthers = sparesOthers;
        }
    }

    private final Cluster cluster;
    private final Way way;
    private final String room;
    private final String subject = "s-" + UUID.randomUUID();
    private final List<String> tokens = new ArrayList<>(); // of the sign-in that ends, the oldest first
    private final String otherToken; // null: a guest has one sign-in
    private final List<Person> ending = new ArrayList<>();
    private final Person other; // null: as above
    private final Person here; // on node 0
    private List<CompletableFuture<Long>> closed; // when, on the monotonic clock
    private long endedAt;

    /** The connections read this room. */
    EndingSignIn(Cluster cluster, String room, Way way) {
        this.cluster = cluster;
        this.room = room;
        this.way = way;
        if (way == Way.GUEST_SIGNS_OUT) {
            here = Person.signedIn(cluster.node(0).chat());
            otherToken = null;
            other = null;
            tokens.add(here.token());
            ending.add(arrives(1, here.token()));
            tokens.add(ending.get(0).token());
        } else {
            String signIn = UUID.randomUUID().toString();
            tokens.add(token(signIn, 0));
            tokens.add(token(signIn, 0));
            otherToken = token(UUID.randomUUID().toString(), 0);
            here = arrives(0, way == Way.IS_ENDED ? otherToken : tokens.get(1));
            other = arrives(1, otherToken);
            ending.add(arrives(1, tokens.get(0)));
        }
        ending.add(arrives(1, tokens.get(1)));
        ending.forEach(one -> one.join(room, Person.field("last", 0)));
    }

    private Person arrives(int node, String token) {
        Person person = Person.connect(cluster.node(node).chat());
        person.helloAgain(token);
        return person;
    }

    private String token(String signIn, int secondsFromNow) {
        return Jwts.of(
                subject,
                "Ana",
                Instant.now().plusSeconds(secondsFromNow),
                Duration.ofHours(1),
                Map.of("sid", signIn, "jti", UUID.randomUUID().toString()));
    }

    Way way() {
        return way;
    }

    /** A token of the sign-in that somebody may have kept, and of which there are later ones. */
    String stolen() {
        return tokens.get(0);
    }

    /** Ends it; when this returns, that has been acknowledged. Threads wait for the connections to close. */
    void end(Executor threads) {
        closed = ending.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> closedAt(one), threads))
                .toList();
        switch (way) {
            case GUEST_SIGNS_OUT, SIGNS_OUT -> here.say("{\"type\":\"sign-out\"}");
            case EVERYWHERE -> here.say("{\"type\":\"sign-out\",\"everywhere\":true}");
            case IS_ENDED -> WarungProcess.patiently().until(this::isEndedFromAnotherDevice);
        }
        if (way != Way.IS_ENDED) {
            assertThat(here.closeCode()).isEqualTo(4500);
        }
        endedAt = System.nanoTime();
    }

    /** False while node 0 does not know yet what is connected to node 1. */
    private boolean isEndedFromAnotherDevice() {
        return json(get(0, "api/sessions", otherToken)).getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                .filter(one -> !one.containsKey("current"))
                .anyMatch(one -> send(0, "DELETE", "api/sessions/" + one.getString("id"), otherToken)
                                .statusCode()
                        == 204);
    }

    private long closedAt(Person one) {
        assertThat(one.closeCode()).as("%s", way).isEqualTo(way.code);
        return System.nanoTime();
    }

    /** Waits until its connections to node 1 are closed, with the code that says why; returns after how many milliseconds they were. */
    long awaitClosed() {
        long last = closed.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
        return Math.max(0, last - endedAt) / 1_000_000;
    }

    /** All tokens of the sign-in, also the ones that were replaced long ago; on both nodes and at both doors. */
    void isRefused() {
        for (int node = 0; node < 2; node++) {
            for (String token : tokens) {
                assertThat(get(node, "api/sessions", token).statusCode())
                        .as("%s, over HTTP", way)
                        .isEqualTo(401);
                try (Person thief = Person.connect(cluster.node(node).chat())) {
                    thief.say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
                    thief.nextError("bad-token");
                }
            }
        }
    }

    /** What was not to end has not ended, and the user can come back where they have another way in. */
    void othersAreSpared() {
        if (way.sparesOthers) {
            other.join(room, Person.field("last", 0));
            assertThat(get(1, "api/sessions", otherToken).statusCode()).isEqualTo(200);
        }
        if (way != Way.GUEST_SIGNS_OUT) {
            arrives(1, token(UUID.randomUUID().toString(), 2)).close();
        }
    }

    private HttpResponse<String> get(int node, String path, String token) {
        return send(node, "GET", path, token);
    }

    private HttpResponse<String> send(int node, String method, String path, String token) {
        HttpRequest request = HttpRequest.newBuilder(cluster.node(node).http(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(Wire.PATIENCE_SECONDS))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        ending.forEach(Person::close);
        here.close();
        if (other != null) {
            other.close();
        }
    }
}
