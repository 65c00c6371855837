package id.warung.pump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    /** A handler that catches errors, up to the brace that is as far left as its {@code catch}. */
    private static final Pattern CATCH =
            Pattern.compile("(?ms)^( *)\\} catch \\([^)]*\\b(?:Error|Throwable) (\\w+)\\) \\{(.*?)^\\1\\}");

    private final List<Throwable> told = new ArrayList<>();

    @AfterEach
    void nobodyListens() {
        FatalErrors.setListener(error -> {});
    }

    @Test
    void itIsToldOfWhatTheJvmCannotDoHoweverItIsWrapped() {
        FatalErrors.setListener(told::add);
        Throwable bare = new OutOfMemoryError("a test's");
        Throwable wrapped = new CompletionException(new IllegalStateException(new InternalError("a test's")));
        FatalErrors.report(bare);
        FatalErrors.report(wrapped);
        assertThat(told).containsExactly(bare, wrapped);
    }

    @Test
    void itIsNotToldOfWhatHarmsNobodyElse() {
        FatalErrors.setListener(told::add);
        FatalErrors.report(null);
        FatalErrors.report(new IOException("a disk's"));
        FatalErrors.report(new AssertionError("a bug's"));
        FatalErrors.report(new StackOverflowError());
        Exception endless = new Exception("the first");
        endless.initCause(new Exception("the second", endless));
        FatalErrors.report(endless);
        assertThat(told).isEmpty();
    }

    @Test
    void aStepThatRunsOutOfMemoryIsReportedAndThePumpGoesOn() {
        FatalErrors.setListener(told::add);
        OutOfMemoryError error = new OutOfMemoryError("a test's");
        List<Integer> steps = new ArrayList<>();
        Pump pump = new Pump(
                "pump",
                () -> {
                    steps.add(steps.size());
                    if (steps.size() == 1) {
                        throw error;
                    }
                    return Pump.Step.IDLE;
                },
                Runnable::run);
        pump.wake();
        pump.wake();
        assertThat(told).containsExactly(error);
        assertThat(steps).hasSize(2);
    }

    @Test
    void everyCatchOfAnErrorReportsItOrThrowsItOn() throws IOException {
        List<String> silent = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/id/warung"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher handler = CATCH.matcher(Files.readString(source));
                while (handler.find()) {
                    seen++;
                    String error = handler.group(2);
                    if (!source.endsWith("FatalErrors.java")
                            && !handler.group(3).contains("FatalErrors.report(" + error + ")")
                            && !handler.group(3).contains("throw " + error)) {
                        silent.add(source + ": " + handler.group().strip());
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(10);
        assertThat(silent).isEmpty();
    }
}
