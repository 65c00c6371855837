package id.warung.endpoint;

import id.warung.pump.FatalErrors;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Adds headers that make browsers block what the page never does: foreign scripts, inline scripts, framing. Because all
 * HTTP passes here, errors of the JVM are reported here too.
 */
public class PageHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String POLICY = "Content-Security-Policy";
    private static final Map<String, String> HEADERS = Map.of(
            POLICY,
            policy(""),
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=()",
            "Cache-Control",
            "no-cache");

    private transient SignInOffer offer;
    private transient HttpsOnly httpsOnly;

    private static String policy(String connectSources) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
                + connectSources
                + "; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
    }

    /** The headers of a response with which no page comes. */
    static void addTo(HttpServletResponse response) {
        HEADERS.forEach(response::setHeader);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        offer = CDI.current().select(SignInOffer.class).get();
        httpsOnly = CDI.current().select(HttpsOnly.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isHandshake =
                ChatEndpoint.PATH.equals(Route.pathOf(request)) && HandshakeRules.asksForWebSocket(request);
        if (!isHandshake) {
            addTo(response);
            String sources = offer.connectSources();
            if (!sources.isEmpty()) {
                response.setHeader(POLICY, policy(sources));
            }
            httpsOnly.tell(request, response);
        }
        try {
            chain.doFilter(request, response);
        } catch (Error e) { // servers log it and continue as if only this request had failed
            FatalErrors.report(e);
            throw e;
        } catch (ServletException e) { // some servers wrap the error in it
            FatalErrors.report(e.getRootCause());
            throw e;
        }
    }
}
