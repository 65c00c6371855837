package id.warung.endpoint;

import id.warung.identity.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;

/**
 * Tells browsers to use https only from now on (HSTS, RFC 6797), in answers over https, if the administrator wants that. Immutable.
 *
 * @param seconds how long browsers do so; 0: they are not told to
 */
public record HttpsOnly(int seconds, TrustedProxies proxies) {
    private static final String HEADER = "Strict-Transport-Security";

    /** Adds the header to an answer for a client that uses https. */
    void tell(HttpServletRequest request, HttpServletResponse response) {
        if (seconds > 0
                && proxies.isSecure(
                        request.getRemoteAddr(),
                        request.isSecure(),
                        Collections.list(request.getHeaders("X-Forwarded-Proto")))) {
            response.setHeader(HEADER, "max-age=" + seconds);
        }
    }
}
