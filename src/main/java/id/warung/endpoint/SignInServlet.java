package id.warung.endpoint;

import id.warung.identity.Identity;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The address at which those get a token whom the server, or a proxy, has signed in; an administrator has the server protect it. A
 * {@code GET} gives a page whose script does the {@code POST}, for which the page must be ours: {@code Origin} says so. The
 * only address at which an {@link AmbientSignIn} counts.
 */
@WebServlet(urlPatterns = "/signin/*", asyncSupported = true)
public class SignInServlet extends HttpServlet {
    static final List<Route<SignInServlet>> ROUTES = List.of(
            Route.of("/signin", Map.of("GET", SignInServlet::folder)),
            Route.of("/signin/", Map.of("GET", SignInServlet::page, "POST", SignInServlet::token)),
            Route.ofNothing("/signin(/.*)?"));

    private static final long serialVersionUID = 1L;
    private static final String PAGE = "/signin/index.html";
    private static final Map<String, String> HTML = Map.of("Content-Type", "text/html;charset=utf-8");

    private transient HttpExchanges exchanges;
    private transient HandshakeRules rules;
    private transient AmbientSignIn signIn;
    private transient JsonProvider json;
    private transient byte[] html;

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        rules = CDI.current().select(HandshakeRules.class).get();
        signIn = CDI.current().select(AmbientSignIn.class).get();
        json = JsonProvider.provider();
        try (InputStream in = getServletContext().getResourceAsStream(PAGE)) {
            if (in == null) {
                throw new FileNotFoundException(PAGE);
            }
            html = in.readAllBytes();
        } catch (IOException e) {
            throw new ServletException("The page for signing in cannot be read from the WAR.", e);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        HttpExchange exchange = exchanges.begin(request, response);
        if (signIn.isOffered()) {
            Route.answer(ROUTES, this, request, exchange);
        } else {
            exchange.answer(HttpResponses.nothingAt(Route.pathOf(request)));
        }
    }

    private void folder(Route.Call call) {
        Map<String, String> location = Map.of("Location", HttpResponses.within(getServletContext(), "/signin/"));
        call.exchange().answer(Answer.of(HttpServletResponse.SC_FOUND, location, List.of()));
    }

    private void page(Route.Call call) {
        call.exchange().answer(Answer.shared(HttpServletResponse.SC_OK, HTML, html));
    }

    private void token(Route.Call call) throws CommandRejectedException {
        HttpServletRequest request = call.request();
        if (!rules.allowsSignIn(
                Collections.list(request.getHeaders("Origin")), Collections.list(request.getHeaders("Host")))) {
            throw new CommandRejectedException(ErrorCode.FORBIDDEN, "Only the page at this address can sign in here.");
        }
        if (HttpExchange.hasBody(request)) {
            call.exchange().answer(HttpResponses.noBodyHere());
            return;
        }
        Identity identity = signIn.identify(request);
        call.exchange().isAbout(identity.user());
        String body = json.createObjectBuilder()
                .add("token", signIn.token(identity))
                .add("expiresAt", identity.expiresAt().toString())
                .build()
                .toString();
        call.exchange().answer(HttpResponses.json(HttpServletResponse.SC_OK, body + "\n"));
    }
}
