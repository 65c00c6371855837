package id.warung.endpoint;

import java.util.List;
import java.util.regex.Pattern;

/** The header {@code If-None-Match}, as RFC 9110 (13.1.2) defines it. Static, stateless. */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");
    private static final String WEAK = "W/";

    private EntityTags() {}

    /**
     * Whether the client has the current content: it names the content's tag, weak or strong, among others or alone, or any ({@code *}).
     *
     * @param ifNoneMatch the values of all headers of this name, which may be anything
     * @param etag the tag of the current content
     */
    static boolean match(List<String> ifNoneMatch, String etag) {
        String opaque = etag.startsWith(WEAK) ? etag.substring(WEAK.length()) : etag;
        return ifNoneMatch.stream()
                .anyMatch(value -> value.strip().equals("*")
                        || TAG.matcher(value).results().anyMatch(tag -> tag.group()
                                .equals(opaque)));
    }
}
