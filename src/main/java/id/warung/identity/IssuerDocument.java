package id.warung.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A document that an issuer of tokens publishes. It is fetched over https, or from this machine; no redirect is followed, since it could
 * lead into the server's own network; time and size are limited. Static, stateless; blocks.
 */
final class IssuerDocument {
    private static final int TIMEOUT_MS = 5_000; // to connect, and for each read
    private static final long TOTAL_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MAX_BYTES = 256 * 1024;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    /** Such a host is safe in a header; others, such as those in non-ASCII letters, have a spelling like this. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

    private IssuerDocument() {}

    /**
     * Checks an address.
     *
     * @throws IllegalArgumentException with what is wrong, when a document or a token must not go over it
     */
    static URI address(String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException noAddress) {
            throw new IllegalArgumentException("\"" + text + "\" is no address", noAddress);
        }
        String host = address.getHost();
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (host == null
                || !HOST.matcher(host).matches()
                || address.getRawUserInfo() != null
                || address.getRawFragment() != null) {
            throw new IllegalArgumentException("\"" + text + "\" is no full address, such as https://login.example");
        }
        boolean isHere = LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
        if (!scheme.equals("https") && !(scheme.equals("http") && isHere)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not an https address; http is allowed for this machine only");
        }
        return address;
    }

    /**
     * Fetches a document.
     *
     * @throws IOException with what is wrong
     */
    static String fetch(URI address) throws IOException {
        long began = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("Accept", "application/json");
        connection.setUseCaches(false);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(address + " answered with status " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(read(in, address, began), StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] read(InputStream in, URI address, long began) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.write(buffer, 0, n);
            if (bytes.size() > MAX_BYTES) {
                throw new IOException(address + " has more than " + MAX_BYTES + " bytes");
            }
            if (System.nanoTime() - began > TOTAL_NANOS) {
                throw new IOException(address + " takes too long to answer");
            }
        }
        return bytes.toByteArray();
    }
}
