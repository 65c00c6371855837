package id.warung.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class WebAssetsTest {
    private static final byte[] SCRIPT = "export const café = 1;\n".repeat(500).getBytes(UTF_8);

    /** A WAR with one file. */
    private static ServletContext war() {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getResourcePaths" -> Set.of("/js.js");
                    case "getResourceAsStream" -> new ByteArrayInputStream(SCRIPT);
                    case "getMimeType" -> "text/javascript";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /**
     * Decompressing for each request let a stranger fill the heap with garbage, inside native code that stops the garbage
     * collector: a JVM with a heap of 64 MiB ran out of memory.
     */
    @Test
    void neitherFormOfAFileIsMadeForARequest() throws IOException {
        WebAssets.Asset file = new WebAssets(war()).file("/js.js");

        assertThat(file.plain()).isEqualTo(SCRIPT).isSameAs(file.plain());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(file.compressed())).readAllBytes())
                .isEqualTo(SCRIPT);
        assertThat(file.compressed()).hasSizeLessThan(SCRIPT.length / 4).isSameAs(file.compressed());
    }
}
