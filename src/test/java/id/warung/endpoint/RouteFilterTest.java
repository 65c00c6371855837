package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import id.warung.identity.TrustedProxies;
import id.warung.identity.WarungTokens;
import id.warung.kit.ManualClock;
import id.warung.kit.SignInKit;
import id.warung.session.InputBudget;
import id.warung.session.RateLimits;
import id.warung.session.Rates;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests pass, and how the others are answered. */
class RouteFilterTest {
    private static final int PASSED = 0;
    private static final String KEY = "0123456789abcdef";

    private final ManualClock clock = new ManualClock();

    private final HttpExchanges exchanges = new HttpExchanges(
            new TrustedProxies(List.of()),
            new InputBudget(1_000_000, 65_536),
            new ReadQueue(Runnable::run, 1),
            new ResponseBudget(100_000),
            Runnable::run,
            Runnable::run,
            clock);
    private final Readiness readiness = new Readiness(() -> {}, () -> null);
    private final RouteFilter filter = filter(Rates.NONE);

    @BeforeEach
    void start() {
        readiness.ready();
    }

    private RouteFilter filter(Rates rates) {
        return new RouteFilter(
                exchanges,
                new HandshakeRules(new OriginPolicy(Set.of()), new HostPolicy(Set.of())),
                new RateLimits(rates, room -> false, clock),
                new Callers(
                        SignInKit.authentication(
                                new WarungTokens(new byte[32], Clock.systemUTC()),
                                Map.of("Builds", KEY),
                                id -> null,
                                Runnable::run),
                        null),
                readiness);
    }

    @Test
    void whatNeedsTheStorageIsUnavailableUntilItIsThere() throws IOException, ServletException {
        Readiness starting = new Readiness(() -> {}, () -> null);
        RouteFilter waiting = new RouteFilter(
                exchanges,
                new HandshakeRules(new OriginPolicy(Set.of()), new HostPolicy(Set.of())),
                new RateLimits(Rates.NONE, room -> false, clock),
                null,
                starting);
        for (String address : List.of("/api/rooms", "/api/rooms/lobby/messages", "/signin/", "/api/nothing")) {
            assertThat(status(waiting, request("GET", address))).as(address).isEqualTo(503);
        }
        assertThat(status(waiting, request("POST", "/api/rooms/lobby/messages")))
                .isEqualTo(503);
        for (String address : List.of("/", "/js/app.js", "/health/ready", "/health/live")) {
            assertThat(status(waiting, request("GET", address))).as(address).isEqualTo(PASSED);
        }
    }

    private static ScriptedRequest request(String method, String address) {
        return new ScriptedRequest("192.0.2.1", null).asks(method, address);
    }

    /** The status of the response, or that the request goes to a servlet. */
    private int status(ScriptedRequest request) throws IOException, ServletException {
        return status(filter, request);
    }

    private static int status(RouteFilter filter, ScriptedRequest request) throws IOException, ServletException {
        boolean[] passed = new boolean[1];
        filter.doFilter(request.request(), request.response(), (its, response) -> passed[0] = true);
        if (!passed[0]) {
            request.taken();
        }
        assertThat(passed[0]).isEqualTo(request.status() == PASSED);
        return request.status();
    }

    @Test
    void whereverOneAsksAllowIsWhatIsNotRefused() throws Exception {
        for (Map.Entry<String, List<String>> route :
                RouteSamples.methodsByAddress().entrySet()) {
            List<String> taken = new ArrayList<>();
            List<String> told = new ArrayList<>();
            for (String method : RouteSamples.METHODS) {
                ScriptedRequest request = request(method, route.getKey());
                int status = status(request);
                if (status == 404) {
                    continue;
                }
                if (status != 405) {
                    taken.add(method);
                }
                if (status == 405) {
                    told.add(request.header("Allow"));
                }
            }
            assertThat(taken).as(route.getKey()).isEqualTo(route.getValue());
            int answers = taken.isEmpty() ? 0 : RouteSamples.METHODS.size() - taken.size();
            assertThat(told).as(route.getKey()).isEqualTo(Collections.nCopies(answers, String.join(", ", taken)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/rooms | GET, HEAD, OPTIONS",
                "/api/rooms/ | GET, HEAD, OPTIONS",
                "/api/rooms/lobby | GET, HEAD, OPTIONS",
                "/api/rooms/lobby/messages | GET, HEAD, POST, OPTIONS",
                "/api/rooms/Not a room!/messages | GET, HEAD, POST, OPTIONS",
                "/api/people | GET, HEAD, OPTIONS",
                "/api/people/ana | GET, HEAD, OPTIONS",
                "/health/ready | GET, HEAD",
                "/health | GET, HEAD",
                "/chat | GET, HEAD",
                "/ | GET, HEAD",
            })
    void allowedMethodsAreListedInOneOrder(String address, String allow) throws Exception {
        ScriptedRequest refused = request("DELETE", address);
        assertThat(status(refused)).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo(allow);
        assertThat(refused.answer()).contains("\"not-allowed\"", allow);
    }

    @Test
    void everyAddressThatCanBeWrittenHasARoute() throws Exception {
        for (String address :
                List.of("", "/two\nlines", "/api\n", "//", "/assets/v1/\r\n", "/健康", "/health\u2028/live")) {
            assertThat(status(request("GET", address))).as(address).isEqualTo(PASSED);
            assertThat(status(request("PUT", address))).as(address).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api, not-found",
        "/api/, not-found",
        "/api/room, not-found",
        "/api/people/, not-found",
        "/api/people/ana/b, not-found",
        "/api/rooms/lobby/, no-such-room",
        "/api/rooms/lobby/members, no-such-room",
        "/api/rooms/lobby/messages/, no-such-room",
        "/api/rooms//messages, no-such-room",
    })
    void whereNothingIsEveryMethodIsToldSo(String address, String error) throws Exception {
        for (String method : RouteSamples.METHODS) {
            ScriptedRequest request = request(method, address);
            assertThat(status(request)).as(method).isEqualTo(404);
            assertThat(request.header("Allow")).isNull();
            assertThat(request.header("Content-Type")).startsWith("application/json");
            if (!method.equals("HEAD")) {
                assertThat(request.answer()).contains("\"error\":\"" + error + "\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms/lobby/messages", "/api/people", "/health/live", "/index.html", "/chat"})
    void aBodyComesOnlyToWhomOnePosts(String address) throws Exception {
        for (String method : RouteSamples.METHODS) {
            boolean posts = method.equals("POST") && address.endsWith("/messages");
            boolean reads = method.equals("GET") || method.equals("HEAD");
            boolean asks = method.equals("OPTIONS") && address.startsWith("/api/");
            int expected = posts || asks ? PASSED : reads ? 413 : 405;
            ScriptedRequest request = new ScriptedRequest("192.0.2.1", "a body").asks(method, address);
            assertThat(status(request)).as(method).isEqualTo(expected);
            assertThat(request.header("Connection")).isEqualTo(expected == PASSED ? null : "close");
        }
    }

    @Test
    void anAddressThatAsksTooMuchIsToldWhenToComeAgain() throws Exception {
        RouteFilter counting = filter(new Rates(0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0));
        String known = "Bearer " + KEY;
        for (int n = 0; n < 8; n++) {
            assertThat(status(counting, request("GET", n % 2 == 0 ? "/api/rooms" : "/api/nothing")))
                    .isIn(PASSED, 404);
        }
        for (String address : List.of("/api/rooms", "/api/nothing", "/signin/")) {
            ScriptedRequest refused = request("GET", address);
            assertThat(status(counting, refused)).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.answer()).contains("\"error\":\"rate-limited\"");
        }
        for (String address : List.of("/", "/index.html", "/assets/v1/js/app.js", "/health/live", "/chat", "/apiary")) {
            assertThat(status(counting, request("GET", address))).as(address).isEqualTo(PASSED);
        }
        ScriptedRequest backEnd = request("GET", "/api/rooms").with("Authorization", known);
        assertThat(status(counting, backEnd)).isEqualTo(PASSED);
        assertThat(status(counting, request("GET", "/api/rooms").with("Authorization", known + "x")))
                .isEqualTo(429);
        clock.moveMs(500);
        assertThat(status(counting, request("GET", "/api/rooms"))).isEqualTo(PASSED);
        assertThat(status(counting, request("GET", "/api/rooms"))).isEqualTo(429);
        ScriptedRequest other = new ScriptedRequest("192.0.2.2", null).asks("GET", "/api/rooms");
        assertThat(status(counting, other)).isEqualTo(PASSED);
    }
}
