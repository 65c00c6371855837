package id.warung.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The unit tests in `src/test/js`, run in the browser: each is a test of its own here. No server is involved. */
class JavaScriptIT {
    private static final String ORIGIN = "https://warung.test/";
    private static final Path SOURCES = Path.of("src");
    private static final Path TESTS = SOURCES.resolve("test/js");

    private static BrowserContext context;
    private static Page page;

    @BeforeAll
    static void openAPage() {
        // Where days begin at one o'clock twice in two years.
        context = Chromium.get().newContext(new Browser.NewContextOptions().setTimezoneId("America/Santiago"));
        ServedFiles.serve(context, ORIGIN + "src/", SOURCES);
        page = context.newPage();
        page.navigate(ORIGIN + "src/");
    }

    @AfterAll
    static void closeIt() {
        ServedFiles.close(context);
    }

    @TestFactory
    Stream<DynamicNode> unitTests() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(TESTS)) {
            files = all.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
        Assertions.assertThat(files).isNotEmpty();
        return files.stream().map(JavaScriptIT::testsOf);
    }

    @SuppressWarnings("unchecked")
    private static DynamicNode testsOf(Path file) {
        String address = "/" + file.toString().replace('\\', '/');
        List<String> names = (List<String>) page.evaluate("""
                async (address) => {
                    const { tests } = await import('/src/test/js/harness.js');
                    const before = tests.length;
                    await import(address);
                    return tests.slice(before).map((test) => test.name);
                }""", address);
        Assertions.assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                names.stream().map(name -> DynamicTest.dynamicTest(name, () -> run(name))));
    }

    private static void run(String name) {
        Object fault = page.evaluate("""
                async (name) => {
                    const { tests } = await import('/src/test/js/harness.js');
                    try {
                        await tests.find((test) => test.name === name).run();
                        return null;
                    } catch (fault) {
                        return fault.stack;
                    }
                }""", name);
        if (fault != null) {
            throw new AssertionError(fault);
        }
    }
}
