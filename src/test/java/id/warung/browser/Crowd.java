package id.warung.browser;

import id.warung.kit.WarungProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many people who are in a room and say nothing, each with a light connection: "Crowd 001" and so on. */
final class Crowd implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int AT_ONCE = 40;

    private final List<WebSocket> sockets = new ArrayList<>();

    /** Returns when all have asked to join. */
    Crowd(WarungProcess warung, String room, int people) {
        URI chat = URI.create("ws" + warung.address().resolve("chat").toString().substring(4));
        for (int first = 1; first <= people; first += AT_ONCE) {
            List<CompletableFuture<WebSocket>> some = new ArrayList<>();
            for (int i = first; i < Math.min(first + AT_ONCE, people + 1); i++) {
                some.add(join(chat, "Crowd %03d".formatted(i), room));
            }
            some.forEach(each -> sockets.add(each.join()));
        }
    }

    private static CompletableFuture<WebSocket> join(URI chat, String name, String room) {
        String hello = "{\"type\":\"hello\",\"name\":\"" + name + "\"}";
        String join = "{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}";
        return HTTP.newWebSocketBuilder()
                .subprotocols("warung.v1")
                .buildAsync(chat, new Member())
                .thenCompose(socket -> socket.sendText(hello, true))
                .thenCompose(socket -> socket.sendText(join, true));
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::abort);
    }

    /** Answers pings, and hears nothing else. */
    private static final class Member implements WebSocket.Listener {
        private static final Pattern PING = Pattern.compile("\"type\":\"ping\",\"n\":(\\d+)");

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            socket.request(1);
            if (!last) {
                return null;
            }
            Matcher ping = PING.matcher(text);
            String pong = ping.find() ? "{\"type\":\"pong\",\"n\":" + ping.group(1) + "}" : null;
            text.setLength(0);
            return pong == null ? null : socket.sendText(pong, true);
        }
    }
}
