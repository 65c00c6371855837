package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts in {@code bin} say on a machine that has next to nothing: no JDK, no compiler, no Node, no package manager. */
class ScriptsTest {
    private static final List<String> PROGRAMS =
            List.of("bash", "env", "dirname", "sed", "sort", "id", "uname", "locale");

    @TempDir
    Path path;

    private record Ended(int code, String said) {}

    @Test
    void setupNamesWhatIsMissingAndWhyAndWhichTestsNeedIt() throws IOException, InterruptedException {
        Ended setup = run("bin/setup", "drill");

        assertThat(setup.code()).isEqualTo(1);
        assertThat(setup.said())
                .contains("Missing here:", "jcmd", "needed by: all", "strace ", "needed by: FsyncIT")
                .doesNotContain("chromium");
    }

    @Test
    void setupLooksForEverythingWhenNoStageIsNamed() throws IOException, InterruptedException {
        assertThat(run("bin/setup").said()).contains("jcmd", "strace ", "fc-list");
    }

    @Test
    void verifyBeginsNothingWhereEveryTestHasToRunAndSomethingIsMissing() throws IOException, InterruptedException {
        Ended verify = run("env", "CI=true", "bin/verify", "build");

        assertThat(verify.code()).isEqualTo(1);
        assertThat(verify.said()).contains("needed by: all", "so none is begun").doesNotContain("== build");
    }

    @Test
    void aStageThatIsNotThereIsRefusedWithTheNamesOfThoseThatAre() throws IOException, InterruptedException {
        for (String script : List.of("bin/setup", "bin/verify")) {
            Ended ended = run(script, "wildfy");

            assertThat(ended.code()).as(script).isEqualTo(2);
            assertThat(ended.said())
                    .contains("There is no stage wildfy", "build browser drill cluster tomcat11 wildfly");
        }
    }

    @Test
    void thePagesTestsWithoutNodeSayWhatToInstall() throws IOException, InterruptedException {
        Ended tests = run("bin/test-js");

        assertThat(tests.code()).isEqualTo(2);
        assertThat(tests.said()).contains("Node 20", "bin/verify browser");
    }

    @Test
    void theWorkflowRunsEveryStage() throws IOException, InterruptedException {
        List<String> stages =
                List.of(run("bin/setup", "--stages").said().strip().split(" "));
        String workflow = Files.readString(Path.of(".github/workflows/verify.yml"));

        assertThat(stages).startsWith("build").hasSizeGreaterThan(2);
        assertThat(workflow)
                .contains(
                        "run: bin/verify build\n",
                        "stage: [" + String.join(", ", stages.subList(1, stages.size())) + "]",
                        "run: bin/verify ${{ matrix.stage }}\n");
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        for (String program : PROGRAMS) {
            Path stub = path.resolve(program);
            Files.writeString(stub, "#!/bin/sh\nexec " + find(program) + " \"$@\"\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        List<String> all = new ArrayList<>(List.of(command));
        all.add(0, find("env").toString());
        all.addAll(1, List.of("-i", "PATH=" + path));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static Path find(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program);
            }
        }
        throw new AssertionError("no " + program);
    }
}
