package id.warung.endpoint;

import id.warung.log.Outcome;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.session.Publisher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Messages that back ends post over HTTP. Thread-safe; blocks until the log has answered. */
public final class Inlet {
    private static final long PATIENCE_SECONDS = 10;

    private final Publisher publisher;
    private final Codec codec;
    private final int maxBytes;

    public Inlet(Publisher publisher, Codec codec, int maxBytes) {
        this.publisher = publisher;
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    void post(User author, String room, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refused {
        answer(response, room, outcome(author, command(room, request)));
    }

    private Command.Post command(String room, HttpServletRequest request) throws IOException, Refused {
        String body = body(request);
        String id = request.getHeader("Idempotency-Key");
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/plain")
                ? codec.plainPost(body, room, id)
                : codec.decodePost(body, room, id);
    }

    private String body(HttpServletRequest request) throws IOException, Refused {
        byte[] bytes = request.getInputStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new Refused(ErrorCode.TEXT_TOO_LONG, "The body has more than " + maxBytes + " bytes.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refused(ErrorCode.BAD_TEXT, "The body is not UTF-8.");
        }
    }

    /** Null when too much waits to be written. */
    private Outcome outcome(User author, Command.Post post) throws IOException {
        try {
            return publisher.post(author, post).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("A message could not be posted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server stops", e);
        }
    }

    private static void answer(HttpServletResponse response, String room, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Committed committed) {
            response.setStatus(HttpServletResponse.SC_CREATED);
            written(response, room, committed.seq());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            written(response, room, duplicate.seq());
        } else if (outcome instanceof Outcome.Conflict) {
            Answers.refuse(response, ErrorCode.ID_CONFLICT, "This key was used for something else.");
        } else if (outcome instanceof Outcome.Denied denied) {
            Answers.refuse(response, denied.code(), denied.message());
        } else {
            Answers.refuse(response, outcome == null ? Reply.Failure.busy(null) : Reply.Failure.unavailable(null));
        }
    }

    private static void written(HttpServletResponse response, String room, long seq) throws IOException {
        String json = "{\"room\":\"" + room + "\",\"seq\":" + seq + "}\n";
        Answers.json(response, json.getBytes(StandardCharsets.UTF_8));
    }
}
