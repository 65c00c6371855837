package id.warung.launch.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Sends every request to the same address by https, at the host that its {@code Host} names and at no other. No request reaches the
 * application. Thread-safe; never blocks.
 */
final class RedirectAdapter implements Adapter {
    private static final int HTTPS_PORT = 443;
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{0,5})?");
    private static final Pattern ADDRESS = Pattern.compile("/[!-~]*"); // printable: it goes into a header

    private final IntSupplier port;

    /** @param port the https port; asked for each request */
    RedirectAdapter(IntSupplier port) {
        this.port = port;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        ErrorResponses.HEADERS.forEach(response::setHeader);
        String location = response.getStatus() < 400 ? location(request) : null;
        if (location != null) {
            response.setStatus(308);
            response.setHeader("Location", location);
            response.setContentLength(0);
        } else {
            refuse(response);
        }
        response.action(ActionCode.CLOSE, null);
        AnsweringAdapter.closeIfUnread(request);
    }

    /** Where the request belongs; null when it does not say which host it wants, or is no address. */
    private String location(Request request) {
        String header = request.getHeader("Host");
        Matcher host = HOST.matcher(header == null ? "" : header);
        String query = text(request.queryString());
        String address = text(request.requestURI()) + (query.isEmpty() ? "" : "?" + query);
        if (address.equals("*")) { // OPTIONS for the whole server
            address = "/";
        }
        if (!host.matches() || !ADDRESS.matcher(address).matches()) {
            return null;
        }
        int https = port.getAsInt();
        return "https://" + host.group(1) + (https == HTTPS_PORT ? "" : ":" + https) + address;
    }

    private static String text(MessageBytes part) {
        return part.isNull() ? "" : part.toString();
    }

    private static void refuse(Response response) throws IOException {
        int status = response.getStatus() < 400 ? 400 : response.getStatus();
        byte[] body = ErrorResponses.body(status).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.doWrite(ByteBuffer.wrap(body));
    }

    @Override
    public boolean prepare(Request request, Response response) {
        return true;
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) {
        return false; // no request is answered later
    }

    @Override
    public void log(Request request, Response response, long time) {
        // there is no access log
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        request.recycle();
        response.recycle();
    }

    @Override
    public String getDomain() {
        return null;
    }
}
