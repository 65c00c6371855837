package provider;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Refresh tokens for clients without a secret, as most providers have them: each is good once. Spring Authorization Server gives such
 * clients none.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider, OAuth2TokenGenerator<OAuth2RefreshToken> {
    private static final String REFRESH = "refresh_token";
    private static final int BYTES = 48;

    private final SecureRandom random = new SecureRandom();
    private final RegisteredClientRepository clients;
    private final Wishes wishes;

    PublicClients(RegisteredClientRepository clients, Wishes wishes) {
        this.clients = clients;
        this.wishes = wishes;
    }

    /** A request for new tokens that names its client and proves nothing. */
    @Override
    public Authentication convert(HttpServletRequest request) {
        String client = request.getParameter("client_id");
        boolean isOurs = REFRESH.equals(request.getParameter("grant_type"))
                && client != null
                && request.getParameter("client_secret") == null
                && request.getHeader("Authorization") == null;
        return isOurs
                ? new OAuth2ClientAuthenticationToken(
                        client, ClientAuthenticationMethod.NONE, null, Map.of("grant_type", REFRESH))
                : null;
    }

    /** Null for those of the authorization code, whom the next one knows by their proof key. */
    @Override
    public Authentication authenticate(Authentication given) {
        OAuth2ClientAuthenticationToken asking = (OAuth2ClientAuthenticationToken) given;
        if (asking.getClientAuthenticationMethod() != ClientAuthenticationMethod.NONE
                || !REFRESH.equals(asking.getAdditionalParameters().get("grant_type"))) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(asking.getPrincipal().toString());
        if (client == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> type) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(type);
    }

    @Override
    public OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType()) || !wishes.refresh()) {
            return null;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Instant now = Instant.now();
        return new OAuth2RefreshToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                now,
                now.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive()));
    }
}
