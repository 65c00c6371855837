package id.warung.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.kit.Jwts;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input of every kind, from seeds that are good: frames, tokens, bytes and requests. No client ever sees a stack trace, none is in the
 * log, and the neighbours in a room notice nothing.
 */
class MutationsIT {
    private static final int MUTATIONS = Scale.of(10_000, 1_000_000);
    private static final int BETWEEN_MESSAGES = MUTATIONS / 20;
    private static final int AT_ONCE = 20; // commands before their answers are read
    private static final String ROOM = "neighbours";
    /** Its name is in the seeds, and no mutation of it is the other: some of a million are commands that are allowed. */
    private static final String MUTANTS = "elsewhere";

    private static final String ODD = "\"{}[]:,.=\\ \t\n\r\0\u0001\u007F\uFEFF\uFFFF\uD83D\uDE00\u202Eé-+%;019xuntf'/*";

    private final Random random = new Random(20_261_130);
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Person> neighbours = new ArrayList<>();
    private RawSocket socket; // null: the next mutation opens one
    private int messages;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void badInputGetsAnAnswerWithoutAStackTraceAndHarmsNobody() throws IOException {
        List<String> frames = lines("commands.jsonl");
        try (WarungProcess warung = Jwts.on(new WarungProcess(folder))
                .with("WARUNG_MAX_ADDRESS_POSTS_PER_SECOND", "0") // all have one address: many mutants are posts
                .start()) {
            for (int n = 0; n < 10; n++) {
                neighbours.add(Person.in(ROOM, warung.chat()));
            }
            for (int done = 0; done < MUTATIONS; done += AT_ONCE) {
                switch (random.nextInt(8)) {
                    case 0 -> hellos(warung);
                    case 1 -> requests(warung);
                    case 2 -> bytes(warung, frames);
                    default -> commands(warung, frames);
                }
                if (done % BETWEEN_MESSAGES < AT_ONCE) {
                    everybodyHears();
                }
            }
            everybodyHears();
            closeSocket();
            assertThat(warung.err()).doesNotContain("\tat ", "Exception", "A session was ended by a bug");
            System.out.println(
                    "mutations: " + counts + ", messages that all neighbours received meanwhile: " + messages);
        } finally {
            neighbours.forEach(Person::close);
        }
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/protocol", file));
    }

    private void everybodyHears() {
        String text = "message " + ++messages;
        neighbours.get(messages % neighbours.size()).say(Person.postFrame(ROOM, text));
        neighbours.forEach(
                each -> assertThat(each.skipTo("message").getString("text")).isEqualTo(text));
    }

    /** Commands of somebody who has signed in. */
    private void commands(WarungProcess warung, List<String> frames) throws IOException {
        RawSocket client = socket(warung);
        for (int n = 0; n < AT_ONCE && client != null; n++) {
            client = send(
                    client,
                    mutated(frames.get(random.nextInt(frames.size())), frames).getBytes(UTF_8));
        }
        hearsAll(client, "commands");
    }

    /** Tokens of every kind, before anybody has signed in. */
    private void hellos(WarungProcess warung) throws IOException {
        closeSocket();
        List<String> tokens = List.of(
                Jwts.of("mutated", "Mutated"), neighbours.get(0).token(), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.");
        RawSocket client = new RawSocket(warung.chat(), "Sec-WebSocket-Protocol: warung.v1");
        for (int n = 0; n < AT_ONCE && client != null; n++) {
            String token = mutated(tokens.get(random.nextInt(tokens.size())), tokens);
            String text = token.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", "?");
            client = send(client, ("{\"type\":\"hello\",\"token\":\"" + text + "\"}").getBytes(UTF_8));
        }
        hearsAll(client, "hellos");
    }

    /** Frames that are not even text: cut in the middle of a character, in fragments, of unknown kinds. */
    private void bytes(WarungProcess warung, List<String> frames) throws IOException {
        for (int n = 0; n < AT_ONCE; n++) {
            RawSocket client = socket(warung);
            byte[] frame = frames.get(random.nextInt(frames.size())).getBytes(UTF_8);
            for (int times = random.nextInt(4); times > 0; times--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            try {
                client.frame(random.nextInt(4) > 0, random.nextInt(16), frame);
                if (n % 4 == 3) {
                    hearsAll(client, "bytes");
                }
            } catch (SocketException closed) {
                closeSocket();
            }
            count("bytes sent");
        }
        closeSocket();
    }

    /** Requests of any kind, each on a connection of its own; those that wait for more are cut. */
    private void requests(WarungProcess warung) throws IOException {
        String token = Jwts.of("mutated", "Mutated");
        List<String> seeds = List.of(
                "GET /api/rooms/" + MUTANTS + "/messages?limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                        + "\r\nConnection: close\r\n\r\n",
                "POST /api/rooms/" + MUTANTS + "/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 13\r\n\r\n{\"text\":\"hi\"}",
                "DELETE /api/sessions/abc HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                        + "\r\nConnection: close\r\n\r\n",
                "GET /api/sign-in?a=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /chat?room=" + MUTANTS + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n");
        for (int n = 0; n < AT_ONCE; n++) {
            try (Socket raw = new Socket(
                    InetAddress.getLoopbackAddress(), warung.address().getPort())) {
                raw.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
                raw.getOutputStream()
                        .write(mutated(seeds.get(random.nextInt(seeds.size())), seeds)
                                .getBytes(UTF_8));
                raw.shutdownOutput();
                InputStream in = raw.getInputStream();
                isClean(new String(in.readAllBytes(), ISO_8859_1));
            } catch (SocketException cut) {
                count("requests cut");
            }
            count("requests");
        }
    }

    /** Sends a frame; null when the server has closed. */
    private RawSocket send(RawSocket client, byte[] frame) throws IOException {
        try {
            client.frame(true, 1, frame);
            return client;
        } catch (SocketException closed) {
            closeSocket();
            return null;
        }
    }

    /** Reads until the server has answered the last of its commands, or has closed. */
    private void hearsAll(RawSocket client, String kind) throws IOException {
        counts.merge(kind, AT_ONCE, Integer::sum);
        if (client == null) {
            return;
        }
        String last = "last-" + counts.get(kind) + "-" + random.nextInt(1_000_000);
        try {
            client.text("{\"type\":\"nothing\",\"id\":\"" + last + "\"}");
            String text = client.textOrNull();
            while (text != null && !text.contains(last)) {
                isClean(text);
                text = client.textOrNull();
            }
            if (text == null) {
                count("closed");
                closeSocket();
            }
        } catch (SocketException | EOFException closed) {
            count("closed");
            closeSocket();
        }
    }

    private void isClean(String answer) {
        assertThat(answer.replaceAll("\"token\":\"[^\"]*\"", "")) // of thousands of tokens, one has any three letters
                .doesNotContain("\tat ", "Exception", "java.", "id.warung", "SQL");
        if (answer.contains("\"internal\"")) {
            throw new AssertionError("an error of the server: " + answer);
        }
    }

    private void count(String kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    private RawSocket socket(WarungProcess warung) throws IOException {
        if (socket == null) {
            socket = new RawSocket(warung.chat(), "Sec-WebSocket-Protocol: warung.v1");
            socket.text("{\"type\":\"hello\",\"name\":\"Mutant\"}");
            socket.text("{\"type\":\"join\",\"room\":\"" + MUTANTS + "\"}");
        }
        return socket;
    }

    private void closeSocket() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private String mutated(String seed, List<String> seeds) {
        StringBuilder text = new StringBuilder(seed);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 ->
                    text.insert(
                            at,
                            "\\u"
                                    + Integer.toHexString(0x10000 + random.nextInt(0x10000))
                                            .substring(1));
                case 4 -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
