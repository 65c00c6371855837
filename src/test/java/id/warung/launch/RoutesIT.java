package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.RouteSamples;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed WAR accepts exactly what the table of routes contains, of everything that a client could try. */
class RoutesIT {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void eachAddressListsTheMethodsItTakes() throws Exception {
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            URI root = warung.address();
            for (Map.Entry<String, List<String>> route :
                    RouteSamples.methodsByAddress().entrySet()) {
                String address = route.getKey();
                List<String> methods = route.getValue();
                List<String> taken = new ArrayList<>();
                for (String method : RouteSamples.METHODS) {
                    HttpResponse<String> response = ask(method, root.resolve(address));
                    boolean refused = response.statusCode() == (methods.isEmpty() ? 404 : 405);
                    if (!refused) {
                        taken.add(method);
                    }
                    boolean tells = !methods.isEmpty() && (refused || method.equals("OPTIONS"));
                    assertThat(response.headers().allValues("Allow"))
                            .as("%s %s", method, address)
                            .isEqualTo(tells ? List.of(String.join(", ", methods)) : List.of());
                }
                assertThat(taken).as(address).isEqualTo(methods);
            }
        }
    }

    private static HttpResponse<String> ask(String method, URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return BROWSER.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
