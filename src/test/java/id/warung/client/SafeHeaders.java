package id.warung.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The headers that make browsers block what the page never does, and which every response must have. Stateless. */
public final class SafeHeaders {
    /** Of the policy: without these, a script could run or the page could be framed. */
    private static final List<String> POLICY = List.of(
            "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'");

    private static final Map<String, String> EXACT = Map.of(
            "x-content-type-options", "nosniff",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin");

    private SafeHeaders() {}

    /** What these headers, named in lower case, lack; nothing for a good response. */
    public static List<String> lackedBy(Map<String, String> headers) {
        List<String> lacking = new ArrayList<>();
        String policy = headers.getOrDefault("content-security-policy", "");
        Set<String> directives = Set.copyOf(Arrays.asList(policy.split("; *")));
        POLICY.stream().filter(directive -> !directives.contains(directive)).forEach(lacking::add);
        for (String weak : List.of("unsafe", "*", "data:", "blob:")) {
            if (policy.contains(weak)) {
                lacking.add("a policy without " + weak);
            }
        }
        EXACT.forEach((name, value) -> {
            if (!value.equals(headers.get(name))) {
                lacking.add(name + ": " + value);
            }
        });
        if (!headers.getOrDefault("permissions-policy", "").contains("camera=()")) {
            lacking.add("permissions-policy");
        }
        if (!headers.containsKey("cache-control")) {
            lacking.add("cache-control");
        }
        headers.keySet().stream()
                .filter(name -> name.startsWith("access-control-"))
                .forEach(name -> lacking.add("no " + name));
        return lacking;
    }
}
