package id.warung.endpoint;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The page as browsers get it: its scripts and styles with a version made from what is in them. Immutable. */
final class Page {
    private static final Pattern ASSET_LINK = Pattern.compile("(?<=(?:href|src)=\")(?=(?:js|css)/)");
    private static final int VERSION_BYTES = 6;

    /** A file, kept compressed by gzip. */
    static final class Asset {
        private final String contentType;
        private final byte[] gzip;

        private Asset(String contentType, byte[] plain) throws IOException {
            this.contentType = contentType;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
            try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
                compressing.write(plain);
            }
            gzip = bytes.toByteArray();
        }

        String contentType() {
            return contentType;
        }

        int compressedBytes() {
            return gzip.length;
        }

        void writeCompressed(OutputStream out) throws IOException {
            out.write(gzip);
        }

        void writePlain(OutputStream out) throws IOException {
            new GZIPInputStream(new ByteArrayInputStream(gzip)).transferTo(out);
        }
    }

    private final String version;
    private final Asset index;
    private final Map<String, Asset> assets = new HashMap<>();

    /** @throws IOException when the page cannot be read from the WAR */
    Page(ServletContext war) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        collect(war, "/js/", files);
        collect(war, "/css/", files);
        byte[] html = read(war, "/index.html");
        version = versionOf(html, files);
        index = new Asset(war.getMimeType("index.html"), withVersion(html));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assets.put(file.getKey(), new Asset(war.getMimeType(file.getKey()), file.getValue()));
        }
    }

    /** What stands in the addresses of the assets, and changes with any file. */
    String version() {
        return version;
    }

    Asset index() {
        return index;
    }

    /** @param path such as {@code /js/app.js}; null when there is none */
    Asset asset(String path) {
        return assets.get(path);
    }

    private byte[] withVersion(byte[] html) {
        String links =
                ASSET_LINK.matcher(new String(html, StandardCharsets.UTF_8)).replaceAll("assets/" + version + "/");
        return links.getBytes(StandardCharsets.UTF_8);
    }

    private static void collect(ServletContext war, String folder, Map<String, byte[]> files) throws IOException {
        for (String path : war.getResourcePaths(folder)) {
            if (path.endsWith("/")) {
                collect(war, path, files);
            } else {
                files.put(path, read(war, path));
            }
        }
    }

    private static byte[] read(ServletContext war, String path) throws IOException {
        try (InputStream in = war.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException(path);
            }
            return in.readAllBytes();
        }
    }

    private static String versionOf(byte[] html, SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(html);
            files.forEach((path, content) -> {
                digest.update(path.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
