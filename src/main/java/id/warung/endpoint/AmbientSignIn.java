package id.warung.endpoint;

import id.warung.identity.AmbientIssuer;
import id.warung.identity.Identity;
import id.warung.identity.TrustedProxies;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out whom the server, or a proxy in front of it, has signed in. Browsers send such an identity by themselves, whoever makes them: so it
 * is good for getting a token, and nothing else asks for it. Thread-safe, never blocks.
 */
public final class AmbientSignIn {
    private static final int MAX_SUBJECT_CHARS = 1_024;
    private static final int MAX_LATIN_1 = 0xFF;

    private final boolean container;
    private final String header;
    private final Map<Role, String> roles;
    private final TrustedProxies proxies;
    private final AmbientIssuer issuer;
    private final RefusalLog log = new RefusalLog();

    /**
     * With the ways that are on.
     *
     * @param container whether the server's word counts
     * @param header in which a proxy says who somebody is; null: no proxy's word counts
     * @param roles as the server calls them
     */
    public AmbientSignIn(
            boolean container, String header, Map<Role, String> roles, TrustedProxies proxies, AmbientIssuer issuer) {
        this.container = container;
        this.header = header;
        this.roles = Map.copyOf(roles);
        this.proxies = proxies;
        this.issuer = issuer;
    }

    /** Whether there is such a way. */
    boolean isOffered() {
        return container || header != null;
    }

    /**
     * Who sends the request, which must be the server's own and no copy of ours with another principal.
     *
     * @throws CommandRejectedException when nobody vouches for them, or they have no role here
     */
    Identity identify(HttpServletRequest request) throws CommandRejectedException {
        Principal principal = container ? request.getUserPrincipal() : null;
        if (principal != null
                && principal.getName() != null
                && !principal.getName().isEmpty()) {
            return issuer.identify(AmbientIssuer.CONTAINER, principal.getName(), rolesOf(request));
        }
        if (header == null) {
            throw refused("The server has not signed you in. Its administrator must protect this address.");
        }
        return issuer.identify(AmbientIssuer.HEADER, inHeader(request), Set.of(roles.get(Role.MEMBER)));
    }

    /** The token for such an identity. */
    String token(Identity identity) {
        return issuer.token(identity);
    }

    private Set<String> rolesOf(HttpServletRequest request) throws CommandRejectedException {
        Set<String> held = new TreeSet<>();
        for (Role role : List.of(Role.MEMBER, Role.MODERATOR, Role.ADMINISTRATOR)) {
            if (request.isUserInRole(roles.get(role))) {
                held.add(roles.get(role));
            }
        }
        if (held.isEmpty()) {
            throw refused("You are signed in, but you have no role here. The administrator can give you one.");
        }
        return held;
    }

    private String inHeader(HttpServletRequest request) throws CommandRejectedException {
        String peer = request.getRemoteAddr();
        if (!proxies.trusts(peer)) {
            log.tell("A sign-in was refused: it came from " + RefusalLog.quoted(peer)
                    + ", which is not in warung.trusted-proxies (WARUNG_TRUSTED_PROXIES).");
            throw refused("Sign in through the proxy of this server.");
        }
        List<String> values = Collections.list(request.getHeaders(header));
        String subject = values.size() == 1 ? decoded(values.get(0)).strip() : "";
        boolean isOne = !subject.isEmpty()
                && subject.length() <= MAX_SUBJECT_CHARS
                && subject.indexOf(',') < 0 // several values, to HTTP
                && subject.chars().noneMatch(Character::isISOControl);
        if (!isOne) {
            log.tell("A sign-in was refused: the header " + header + ", which the proxy must send once, with the"
                    + " user's name, came " + values.size() + " times, or was empty, a list, or not readable.");
            throw refused("The proxy of this server does not say who you are.");
        }
        return subject;
    }

    /** Servers take each byte of a header for a character, though proxies send names in UTF-8. */
    private static String decoded(String value) {
        if (value.chars().anyMatch(c -> c > MAX_LATIN_1)) {
            return value;
        }
        try {
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException isLatin1) {
            return value;
        }
    }

    private static CommandRejectedException refused(String sentence) {
        return new CommandRejectedException(ErrorCode.FORBIDDEN, sentence);
    }
}
