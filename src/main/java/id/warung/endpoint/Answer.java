package id.warung.endpoint;

import java.util.List;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides those that the response has already
 * @param body in pieces, which nobody changes
 * @param ownBytes what of the body is in memory for this answer alone
 */
record Answer(int status, Map<String, String> headers, List<byte[]> body, long ownBytes) {
    /** An answer made for this request. */
    static Answer of(int status, Map<String, String> headers, List<byte[]> body) {
        return new Answer(status, headers, body, bytes(body));
    }

    /** An answer whose body is kept anyway, for everybody. */
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
