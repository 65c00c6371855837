package id.warung.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an identity from the claims of a verified token. A claim of the wrong type is refused, because its absence would give more rights.
 *
 * @param name the claim with the user's name; without it {@code preferred_username}, or else a name made from the id
 * @param roles the claim with the roles: a list, or words in one text; dots lead into objects, as in {@code realm_access.roles}
 */
public record IdentityClaims(String name, String roles) {
    private static final String OTHER_NAME = "preferred_username";
    private static final String ROOMS = "rooms";
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int MAX_ROLES = 100;
    private static final int MAX_ROOMS = 100;

    /**
     * Reads the identity.
     *
     * @throws CommandRejectedException when a claim has the wrong type or is too large
     */
    Identity identity(JWTClaimsSet claims, String token) throws CommandRejectedException {
        String subject = claims.getSubject();
        if (subject.isEmpty()) {
            throw refused("sub is empty");
        }
        if (claims.getIssueTime() != null
                && claims.getIssueTime().toInstant().isAfter(Instant.now().plus(SKEW))) {
            throw refused("iat has not come yet"); // signing out everywhere would not end it
        }
        String id = Identity.idOf(claims.getIssuer(), subject);
        return new Identity(
                new User(id, nameIn(claims.getClaims(), id)),
                rolesIn(claims.getClaims()),
                roomsIn(claims.getClaims()),
                claims.getIssueTime() == null
                        ? Instant.EPOCH
                        : claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant(),
                Identity.signInOf(claims.getClaim("sid") instanceof String sid ? sid + " " + id : signedPart(token)));
    }

    /** A signature can be written in more than one way, so it does not tell one token from another. */
    private static String signedPart(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private String nameIn(Map<String, Object> claims, String id) throws CommandRejectedException {
        for (String claim : List.of(name, OTHER_NAME)) {
            Object value = at(claims, claim);
            if (value != null && !(value instanceof String)) {
                throw refused(claim + " is not a text");
            }
            Optional<String> said = value == null ? Optional.empty() : VouchedNames.of((String) value);
            if (said.isPresent()) {
                return said.get();
            }
        }
        return VouchedNames.ofId(id);
    }

    private Set<String> rolesIn(Map<String, Object> claims) throws CommandRejectedException {
        Object value = at(claims, roles);
        if (value instanceof String words) {
            return new TreeSet<>(List.of(words.strip().split("[\\s,]+")));
        }
        return new TreeSet<>(texts(roles, value, MAX_ROLES));
    }

    private static Optional<List<RoomPattern>> roomsIn(Map<String, Object> claims) throws CommandRejectedException {
        if (!claims.containsKey(ROOMS)) {
            return Optional.empty();
        }
        List<RoomPattern> patterns = new ArrayList<>();
        for (String pattern : texts(ROOMS, claims.get(ROOMS), MAX_ROOMS)) {
            try {
                patterns.add(RoomPattern.of(pattern));
            } catch (IllegalArgumentException noPattern) {
                throw refused(ROOMS + " has a pattern that matches no room");
            }
        }
        if (patterns.isEmpty() && claims.get(ROOMS) == null) {
            throw refused(ROOMS + " is null");
        }
        return Optional.of(patterns);
    }

    private static List<String> texts(String claim, Object value, int most) throws CommandRejectedException {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)
                || !list.stream().allMatch(String.class::isInstance)
                || list.size() > most) {
            throw refused(claim + " is not a list of at most " + most + " texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** The claim of this name, or else what the path leads to; null when there is none. */
    private static Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> object) {
                return at(object, path.substring(dot + 1));
            }
        }
        return null;
    }

    private static CommandRejectedException refused(String reason) {
        return new CommandRejectedException(ErrorCode.BAD_TOKEN, "The token is not valid here: " + reason + ".");
    }
}
