package id.warung.browser;

import id.warung.kit.WarungProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Any WebSocket client: text in, text out. */
final class PlainClient implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    PlainClient(WarungProcess warung, String room) {
        URI chat = URI.create(
                "ws" + warung.address().resolve("chat?room=" + room).toString().substring(4));
        socket = HTTP.newWebSocketBuilder().buildAsync(chat, this).join();
    }

    void says(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message of somebody, or null after ten seconds without one. */
    String hears() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }
}
