package id.warung.launch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (RFC 7468), with the headers that old encrypted keys have. Text between the blocks is ignored. Immutable.
 *
 * @param label what it is: {@code CERTIFICATE}
 * @param headers by name; mostly empty
 * @param bytes DER, or whatever stands there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, Map<String, String> headers, byte[] bytes) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?m)^([A-Za-z-]+):[ \\t]*([^\\r\\n]*)\\r?\\n");

    /** The blocks of a file, in order. */
    static List<PemBlock> of(byte[] file) {
        return BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1))
                .results()
                .map(block -> of(block.group(1), block.group(2)))
                .toList();
    }

    private static PemBlock of(String label, String content) {
        Map<String, String> headers = new HashMap<>();
        Matcher header = HEADER.matcher(content);
        int end = 0;
        while (header.find()) {
            headers.put(header.group(1), header.group(2).strip());
            end = header.end();
        }
        return new PemBlock(label, Map.copyOf(headers), Base64.getMimeDecoder().decode(content.substring(end)));
    }
}
