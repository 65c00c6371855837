package id.warung.endpoint;

import id.warung.protocol.Sha256;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the web page as they are sent: the page links its scripts and styles with a version, a hash of their content, and all its
 * modules beforehand. Immutable.
 */
final class WebAssets {
    private static final Pattern ASSET_LINK = Pattern.compile("(?<=(?:href|src)=\")(?=(?:js|css)/)");
    private static final Pattern NOT_PUBLIC = Pattern.compile("(?i)/(?:WEB-INF|META-INF)/|.*\\.class");
    private static final int VERSION_BYTES = 6;

    /** A file, stored both plain and compressed, so that no request costs memory or time for that; the bytes must not be modified. */
    static final class Asset {
        private final String contentType;
        private final byte[] plain;
        private final byte[] gzip;

        private Asset(String contentType, byte[] plain) throws IOException {
            this.contentType = contentType == null ? "application/octet-stream" : contentType;
            this.plain = plain;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
            try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
                compressing.write(plain);
            }
            gzip = bytes.toByteArray();
        }

        String contentType() {
            return contentType;
        }

        /** The bytes compressed by gzip. */
        byte[] compressed() {
            return gzip;
        }

        byte[] plain() {
            return plain;
        }
    }

    private final String version;
    private final Map<String, Asset> files = new HashMap<>();

    /** @throws IOException when the page cannot be read from the WAR */
    WebAssets(ServletContext war) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        collect(war, "/", contents);
        version = versionOf(contents);
        contents.computeIfPresent("/index.html", (path, html) -> asServed(html, contents));
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            files.put(file.getKey(), new Asset(war.getMimeType(file.getKey()), file.getValue()));
        }
    }

    /** The version in the URLs of the assets, which changes with any file. */
    String version() {
        return version;
    }

    /** @param path such as {@code /js/app.js}; null when there is no such file */
    Asset file(String path) {
        return files.get(path);
    }

    private byte[] asServed(byte[] html, Map<String, byte[]> contents) {
        String linked = ModuleLinks.in(new String(html, StandardCharsets.UTF_8), contents);
        return ASSET_LINK.matcher(linked).replaceAll("assets/" + version + "/").getBytes(StandardCharsets.UTF_8);
    }

    private static void collect(ServletContext war, String folder, Map<String, byte[]> files) throws IOException {
        for (String path : war.getResourcePaths(folder)) {
            if (NOT_PUBLIC.matcher(path).matches()) {
                continue;
            }
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

    private static String versionOf(SortedMap<String, byte[]> files) {
        List<byte[]> all = new ArrayList<>();
        files.forEach((path, content) -> all.addAll(List.of(path.getBytes(StandardCharsets.UTF_8), content)));
        return HexFormat.of().formatHex(Sha256.of(all), 0, VERSION_BYTES);
    }
}
