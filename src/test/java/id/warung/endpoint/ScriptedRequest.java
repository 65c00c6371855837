package id.warung.endpoint;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request and its response, with a client that sends and reads when the test says so, and a container that records its calls. */
public final class ScriptedRequest {
    private final String address;
    private final Body body;
    private final Taking taking = new Taking();
    private final List<String> completedOn = new CopyOnWriteArrayList<>(); // the names of the threads
    private AsyncListener container;
    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, String> asked = new TreeMap<>();
    private String requestMethod;
    private String requestPath = "/";
    private int status;
    private Runnable whenAnswered = () -> {};
    private RuntimeException completionFails;

    /** A request whose body is yet to come; null: it has none. */
    ScriptedRequest(String address, String body) {
        this.address = address;
        this.body = body == null ? null : new Body(body.getBytes(StandardCharsets.UTF_8));
        this.requestMethod = body == null ? "GET" : "POST";
    }

    /** Sends this request instead. */
    ScriptedRequest asks(String method, String path) {
        requestMethod = method;
        requestPath = path;
        return this;
    }

    /** Sends a header. */
    ScriptedRequest with(String name, String value) {
        asked.put(name, value);
        return this;
    }

    /** Is answered at once, and read at once, as an exchange among these. */
    public static ScriptedRequest answered(HttpExchanges exchanges) throws IOException {
        ScriptedRequest request = new ScriptedRequest("192.0.2.1", null);
        HttpExchange exchange = request.begin(exchanges);
        exchange.answer(HttpResponses.json(HttpServletResponse.SC_OK, "{}"));
        request.taken();
        return request;
    }

    HttpExchange begin(HttpExchanges exchanges) {
        return exchanges.begin(request(), response());
    }

    /** The whole body arrives, but not its end. */
    void arrives() throws IOException {
        body.listener.onDataAvailable();
    }

    /** The body ends. */
    void ends() throws IOException {
        body.listener.onAllDataRead();
    }

    void breaks(Throwable reason) {
        body.listener.onError(reason);
    }

    /** The client reads the whole response. */
    void taken() throws IOException {
        taking.ready = true;
        taking.listener.onWritePossible();
    }

    int status() {
        return status;
    }

    /** A header of the response; null when it is missing. */
    String header(String name) {
        return headers.get(name);
    }

    /** The part of the body that the client has read. */
    String answer() {
        return taking.taken.toString(StandardCharsets.UTF_8);
    }

    /** The threads on which the container was told that the request is complete. */
    public List<String> completedOn() {
        return List.copyOf(completedOn);
    }

    /** Runs something in the middle of the answer. */
    void whenAnswered(Runnable something) {
        whenAnswered = something;
    }

    void completionFails(RuntimeException failure) {
        completionFails = failure;
    }

    HttpServletRequest request() {
        AsyncContext context = made(AsyncContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("addListener")) {
                container = (AsyncListener) arguments[0];
            } else if (method.getName().equals("complete")) {
                completedOn.add(Thread.currentThread().getName());
                if (completionFails != null) {
                    throw completionFails;
                }
            }
            return null;
        });
        return made(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getRemoteAddr" -> address;
            case "getHeaders" ->
                Collections.enumeration(asked.containsKey(arguments[0]) ? List.of(asked.get(arguments[0])) : List.of());
            case "getHeader" -> asked.get(arguments[0]);
            case "getContentType" -> null;
            case "getMethod" -> requestMethod;
            case "getServletPath" -> requestPath;
            case "getPathInfo" -> null;
            case "getContentLengthLong" -> body == null ? -1L : (long) body.size;
            case "getInputStream" -> body;
            case "startAsync" -> context;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    HttpServletResponse response() {
        return made(HttpServletResponse.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setStatus" -> {
                status = (int) arguments[0];
                whenAnswered.run();
                yield null;
            }
            case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
            case "setContentLengthLong" -> null;
            case "getOutputStream" -> taking;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** The container has completed it, and reuses its objects for another request. */
    void isRecycled() {
        try {
            container.onComplete(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container times out. */
    void timesOut() {
        try {
            container.onTimeout(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T made(Class<T> type, InvocationHandler does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, does));
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;
        private final int size;
        private ReadListener listener;

        Body(byte[] body) {
            bytes = new ByteArrayInputStream(body);
            size = body.length;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isReady() {
            return bytes.available() > 0;
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public void setReadListener(ReadListener its) {
            listener = its;
        }
    }

    private static final class Taking extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private WriteListener listener;
        private boolean ready;

        @Override
        public void write(int one) {
            taken.write(one);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener its) {
            listener = its;
        }
    }
}
