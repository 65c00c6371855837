package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import id.warung.identity.TrustedProxies;
import id.warung.kit.ManualClock;
import id.warung.session.InputBudget;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests pass, and how the others are answered. */
class RouteFilterTest {
    private static final int PASSED = 0;

    private final HttpExchanges exchanges = new HttpExchanges(
            new TrustedProxies(List.of()),
            new InputBudget(1_000_000, 65_536),
            new ReadQueue(Runnable::run, 1),
            new ResponseBudget(100_000),
            Runnable::run,
            Runnable::run,
            new ManualClock());
    private final RouteFilter filter =
            new RouteFilter(exchanges, new HandshakeRules(new OriginPolicy(Set.of()), new HostPolicy(Set.of())));

    private static ScriptedRequest request(String method, String address) {
        return new ScriptedRequest("192.0.2.1", null).asks(method, address);
    }

    /** The status of the response, or that the request goes to a servlet. */
    private int status(ScriptedRequest request) throws IOException, ServletException {
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
        "/api/people/ana, not-found",
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
}
