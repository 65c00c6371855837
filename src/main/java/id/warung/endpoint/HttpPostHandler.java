package id.warung.endpoint;

import id.warung.identity.Identity;
import id.warung.log.AppendResult;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.HttpCommand;
import id.warung.protocol.Reply;
import id.warung.pump.FatalErrors;
import id.warung.session.Authentication;
import id.warung.session.Publisher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Handles commands that back ends send over HTTP: messages, their edits and deletions, members. Thread-safe; never blocks. */
public final class HttpPostHandler {
    private static final Logger LOG = System.getLogger(HttpPostHandler.class.getName());

    private final Publisher publisher;
    private final Codec codec;
    private final HttpExchanges exchanges;
    private final int maxBytes;

    public HttpPostHandler(Publisher publisher, Codec codec, HttpExchanges exchanges, int maxBytes) {
        this.publisher = publisher;
        this.codec = codec;
        this.exchanges = exchanges;
        this.maxBytes = maxBytes;
    }

    /** Executes a command whose text is in the request's body, and answers with its address; {@code author} may become known later. */
    void withText(
            CompletionStage<Identity> author, HttpCommand given, HttpServletRequest request, HttpExchange exchange)
            throws IOException {
        exchange.isAbout(null, given.room(), given.type());
        String type = request.getContentType();
        boolean plain = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/plain");
        exchange.read(maxBytes, new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                try {
                    String text = text(body);
                    execute(author, plain ? codec.plain(text, given) : codec.decode(text, given), exchange);
                } catch (CommandRejectedException refused) {
                    exchange.answer(HttpResponses.refused(refused));
                }
            }

            @Override
            public void tooLarge() {
                exchange.answer(HttpResponses.refused(
                        ErrorCode.TEXT_TOO_LONG, "The body has more than " + maxBytes + " bytes."));
            }

            @Override
            public void busy() {
                exchange.answer(HttpResponses.busy());
            }

            @Override
            public void broken(Throwable reason) {
                exchange.abandon();
            }
        });
    }

    /** Executes a command that the request's address says completely. */
    void withoutText(CompletionStage<Identity> author, HttpCommand given, HttpExchange exchange)
            throws CommandRejectedException {
        exchange.isAbout(null, given.room(), given.type());
        execute(author, codec.plain(null, given), exchange);
    }

    private static String text(byte[] body) throws CommandRejectedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandRejectedException(ErrorCode.BAD_TEXT, "The body is not UTF-8.");
        }
    }

    /** The log's thread only hands the result over. */
    private void execute(CompletionStage<Identity> author, Command.Durable command, HttpExchange exchange) {
        if (!exchange.waitForAnswer(HttpExchanges.WRITE)) {
            return; // the client was told that the body came too late, and posts it again
        }
        CompletionStage<Void> unused = author.thenCompose(identity -> {
                    exchange.isAbout(identity.user(), command.room(), command.type());
                    return publisher.execute(
                            identity, command, exchange.client().limitKey());
                })
                .handleAsync(
                        (result, failure) -> {
                            exchange.answer(failure == null ? answer(command, result) : failed(exchange, failure));
                            return (Void) null;
                        },
                        exchanges.answering())
                .exceptionally(failure -> notAnswered(exchange, failure));
    }

    private static Void notAnswered(HttpExchange exchange, Throwable failure) {
        FatalErrors.report(failure);
        LOG.log(Logger.Level.ERROR, exchange.about().line("A command could not be answered"), failure);
        return null;
    }

    private static Answer failed(HttpExchange exchange, Throwable failure) {
        CommandRejectedException refused = Authentication.refusal(failure);
        if (refused != null) {
            return HttpResponses.refused(refused);
        }
        FatalErrors.report(failure);
        LOG.log(Logger.Level.ERROR, exchange.about().line("A command could not be executed"), failure);
        return HttpResponses.unavailable();
    }

    /** The result is null when too much waits to be written. */
    private static Answer answer(Command.Durable command, AppendResult result) {
        int done = command instanceof Command.Post ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK;
        return result == null
                ? HttpResponses.refused(Reply.Failure.busy())
                : result.accept(new Answering(command.room(), done));
    }

    private record Answering(String room, int done) implements AppendResult.Visitor<Answer> {
        @Override
        public Answer committed(AppendResult.Committed committed) {
            return written(done, room, committed.seq());
        }

        @Override
        public Answer duplicate(AppendResult.Duplicate duplicate) {
            return written(HttpServletResponse.SC_OK, room, duplicate.seq());
        }

        @Override
        public Answer conflict() {
            return HttpResponses.refused(
                    ErrorCode.ID_CONFLICT, "This Idempotency-Key was used for something else. Use a new one.");
        }

        @Override
        public Answer denied(AppendResult.Denied denied) {
            return HttpResponses.refused(
                    new CommandRejectedException(denied.code(), denied.message(), denied.retryAfterMs()));
        }

        @Override
        public Answer readMarked(AppendResult.ReadMarked readMarked) {
            throw new IllegalStateException("A post is not a read mark");
        }

        @Override
        public Answer failed() {
            return HttpResponses.refused(Reply.Failure.unavailable());
        }
    }

    private static Answer written(int status, String room, long seq) {
        return HttpResponses.json(status, "{\"room\":\"" + room + "\",\"seq\":" + seq + "}\n");
    }
}
