package id.warung.app;

import com.nimbusds.jose.jwk.JWKSet;
import id.warung.identity.IdentityClaims;
import id.warung.identity.OidcSettings;
import id.warung.protocol.Role;
import id.warung.session.Principals;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The settings that say how people sign in. Values of ways that are not on are checked all the same.
 *
 * @param ways those that are on
 * @param token of the application around Warung; null without this way
 * @param oidc the provider at which the page signs users in; empty without this way
 * @param claims which claims of a token say what
 * @param header in which a proxy says who somebody is
 * @param validity of the tokens that the server or a proxy vouches for
 */
public record SignInSettings(
        Set<Way> ways,
        Token token,
        Optional<OidcSettings> oidc,
        IdentityClaims claims,
        String header,
        Duration validity) {
    /** A way to sign in. */
    public enum Way {
        GUEST,
        TOKEN,
        OIDC,
        CONTAINER,
        HEADER;

        /** The name in settings and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Tokens of another application: signed with a secret, or with a key that an address or a file shows.
     *
     * @param secret null when there are keys
     * @param keysAt null when they are in a file, or there is a secret
     * @param keysIn null when they are at an address, or there is a secret
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Token(byte[] secret, URI keysAt, Path keysIn, String issuer, String audience) {}

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LEAST_SECRET_BYTES = 32;

    static SignInSettings read(UnaryOperator<String> lookup) {
        Set<Way> ways = ways(lookup.apply("warung.auth"));
        Token token = token(lookup, ways.contains(Way.TOKEN));
        Optional<OidcSettings> oidc = OidcSetting.read(lookup, ways.contains(Way.OIDC));
        String header = orElse(lookup.apply("warung.auth-header"), "X-Forwarded-User");
        if (!HEADER.matcher(header).matches()) {
            throw new IllegalArgumentException(
                    "The setting warung.auth-header is \"" + header + "\", but must be the name of a header.");
        }
        String proxies = lookup.apply("warung.trusted-proxies");
        if (ways.contains(Way.HEADER) && (proxies == null || proxies.strip().equals("none"))) {
            throw new IllegalArgumentException(
                    "The setting warung.auth has header, so warung.trusted-proxies must be set to the proxies"
                            + " that may say who somebody is, such as 10.0.0.7; anybody else could say so too.");
        }
        IdentityClaims claims = new IdentityClaims(
                orElse(lookup.apply("warung.name-claim"), "name"), orElse(lookup.apply("warung.roles-claim"), "roles"));
        long hours = Settings.number(lookup, "warung.sign-in-hours", 12, 1);
        return new SignInSettings(ways, token, oidc, claims, header, Duration.ofHours(hours));
    }

    /** Who has which rights. */
    static Principals principals(UnaryOperator<String> lookup) {
        String guests = orElse(lookup.apply("warung.guests"), "write");
        if (!guests.equals("write") && !guests.equals("read")) {
            throw new IllegalArgumentException(
                    "The setting warung.guests is \"" + guests + "\", but must be write or read.");
        }
        return new Principals(
                Map.of(
                        Role.GUEST, "guest",
                        Role.MEMBER, orElse(lookup.apply("warung.role-member"), "member"),
                        Role.MODERATOR, orElse(lookup.apply("warung.role-moderator"), "moderator"),
                        Role.ADMINISTRATOR, orElse(lookup.apply("warung.role-administrator"), "administrator")),
                SettingLists.userIds("warung.moderators", lookup.apply("warung.moderators")),
                SettingLists.userIds("warung.administrators", lookup.apply("warung.administrators")),
                newRooms(orElse(lookup.apply("warung.new-rooms"), "anybody")),
                guests.equals("write"));
    }

    private static Role newRooms(String value) {
        return switch (value) {
            case "anybody" -> Role.GUEST;
            case "members" -> Role.MEMBER;
            case "moderators" -> Role.MODERATOR;
            default ->
                throw new IllegalArgumentException("The setting warung.new-rooms is \"" + value
                        + "\", but must be anybody, members or moderators.");
        };
    }

    private static Set<Way> ways(String value) {
        Set<Way> ways = EnumSet.noneOf(Way.class);
        for (String item : value == null ? List.of("guest") : SettingLists.list(value)) {
            Way way = List.of(Way.values()).stream()
                    .filter(one -> one.wire().equals(item))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("The setting warung.auth has \"" + item
                            + "\", but must be a list of guest, token, oidc, container and header."));
            ways.add(way);
        }
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("The setting warung.auth is \"" + value
                    + "\", but must be a list of guest, token, oidc, container and header.");
        }
        return ways;
    }

    private static Token token(UnaryOperator<String> lookup, boolean on) {
        byte[] secret = secret(lookup.apply("warung.token-secret"));
        String keys = lookup.apply("warung.token-jwks");
        boolean isAddress = keys != null && keys.contains("://");
        URI keysAt = isAddress ? address("warung.token-jwks", keys) : null;
        Path keysIn = keys == null || isAddress ? null : file(keys);
        String issuer = lookup.apply("warung.token-issuer");
        String audience = lookup.apply("warung.token-audience");
        if (!on) {
            return null;
        }
        if ((secret == null) == (keys == null)) {
            throw new IllegalArgumentException(
                    "The setting warung.auth has token, so one of these must be set: warung.token-secret (or"
                            + " warung.token-secret-file) or warung.token-jwks: what the tokens of your application are signed"
                            + " with.");
        }
        if (issuer == null || audience == null) {
            throw new IllegalArgumentException("The setting warung.auth has token, so warung.token-issuer and"
                    + " warung.token-audience must be the claims iss and aud of your application's tokens.");
        }
        return new Token(secret, keysAt, keysIn, issuer, audience);
    }

    private static byte[] secret(String value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("The setting warung.token-secret must have at least "
                    + LEAST_SECRET_BYTES + " bytes, such as the output of: openssl rand -base64 32.");
        }
        return bytes;
    }

    private static Path file(String value) {
        try {
            Path file = Path.of(value);
            if (!JWKSet.load(file.toFile()).isEmpty()) {
                return file;
            }
        } catch (InvalidPathException | IOException | ParseException noKeys) {
            // reported below
        }
        throw new IllegalArgumentException("The setting warung.token-jwks is \"" + value
                + "\", but must be an https address, or a file that can be read, with a JWK set.");
    }

    /** An address whose answers nobody can change on the way. */
    private static URI address(String setting, String value) {
        try {
            URI address = URI.create(value);
            boolean loopback = List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
            boolean secure = "https".equals(address.getScheme()) && address.getHost() != null;
            if (secure || ("http".equals(address.getScheme()) && loopback)) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // reported below
        }
        throw new IllegalArgumentException("The setting " + setting + " is \"" + value
                + "\", but must be an https address (http only for this very machine: localhost).");
    }

    private static String orElse(String value, String otherwise) {
        return value == null ? otherwise : value.strip();
    }
}
