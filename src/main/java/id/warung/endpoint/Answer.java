package id.warung.endpoint;

import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param headers in addition to those that the response already has
 * @param body in pieces, which must not be modified
 * @param ownBytes the bytes of the body that are in memory for this response alone
 */
record Answer(int status, Map<String, String> headers, List<byte[]> body, long ownBytes) {
    /** A response made for this request. */
    static Answer of(int status, Map<String, String> headers, List<byte[]> body) {
        return new Answer(status, headers, body, bytes(body));
    }

    /** A response whose body is kept anyway and shared by all requests. */
    static Answer shared(int status, Map<String, String> headers, byte[] body) {
        return new Answer(status, headers, List.of(body), 0);
    }

    static Answer ofText(int status, String contentType, byte[] body) {
        return of(status, Map.of("Content-Type", contentType), List.of(body));
    }

    long bytes() {
        return bytes(body);
    }

    private static long bytes(List<byte[]> body) {
        return body.stream().mapToLong(piece -> piece.length).sum();
    }
}
