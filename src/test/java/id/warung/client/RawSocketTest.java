package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RawSocketTest {
    private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

    @Test
    void aFrameOfAServerThatDiesInTheMiddleOfItIsNoText() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> said =
                    CompletableFuture.runAsync(() -> sayAndDie(server, "\u0081\u0002hi\u0081" + (char) 100 + "half"));
            URI chat = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/chat");
            try (RawSocket client = new RawSocket(chat)) {
                said.join();
                assertThat(client.textOrNull()).isEqualTo("hi");
                assertThatThrownBy(client::textOrNull).isInstanceOf(EOFException.class);
            }
        }
    }

    private static void sayAndDie(ServerSocket server, String frames) {
        try (Socket client = server.accept()) {
            byte[] asked = new byte[4_096];
            assertThat(client.getInputStream().read(asked)).isPositive();
            client.getOutputStream().write((ACCEPTED + frames).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
