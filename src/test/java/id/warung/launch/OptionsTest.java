package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: what it accepts, and what it rejects with a sentence. */
class OptionsTest {
    private static Options parse(String line) throws UsageException {
        List<String> arguments =
                Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList();
        return Options.parse(arguments, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                    RUN,       , 8080,",
        "--port 0 --host ::1,                   RUN,       ::1, 0,",
        "--port=65535 --data=a,                 RUN,       , 65535, a",
        "--data /srv/~x,                        RUN,       , 8080, /srv/~x",
        "--host=a=b,                            RUN,       a=b, 8080,",
        "backup --to x --data a,                BACKUP,    , 8080, a",
        "--data a new-epoch,                    NEW_EPOCH, , 8080, a",
        "--version,                             VERSION,   , 8080,",
        "backup --help,                         HELP,      , 8080,",
        "--host x --version --help,             HELP,      , 8080,",
    })
    void takes(String line, Options.Action action, String host, int port, Path data) throws UsageException {
        Options options = parse(line);

        assertThat(options.action()).isEqualTo(action);
        assertThat(options.host()).isEqualTo(host);
        assertThat(options.port()).isEqualTo(port);
        assertThat(options.data()).isEqualTo(data);
    }

    @Test
    void aPathIsRefusedThatNoOneMeans() {
        for (String path : List.of("/srv/data\r", "/srv/da\nta", " /srv", "/srv ", "\t", "/a\0b", "~", "~/x")) {
            assertThatThrownBy(() -> Options.parse(List.of("--data=" + path), Map.of()))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("--data ")
                    .satisfies(
                            refused -> assertThat(refused.getMessage().chars()).noneMatch(Character::isISOControl));
        }
        assertThatThrownBy(() -> Options.parse(List.of("backup", "--to", "/srv/dat\uFFFD"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 80,                    There is no option --prot",
        "--Port 80,                    There is no option --Port",
        "8080,                         There is no option 8080",
        "backup-now,                   There is no option backup-now",
        "--port,                       --port needs a value",
        "--port=,                      --port needs a value",
        "--data --port 80,             --data needs a value",
        "--port -1,                    '--port must be a number from 0 to 65535, not \"-1\"'",
        "--port 65536,                 --port must be a number from 0 to 65535",
        "--port 80a,                   --port must be a number from 0 to 65535",
        "--port 80 --port 81,          --port is given twice",
        "--data a --data=a,            --data is given twice",
        "--data=~/warung,              '--data must be the full path of a folder, without ~, spaces around it, and control characters such as line ends, not \"~/warung\"'",
        "backup --to=~,                --to must be the full path of a folder",
        "backup,                       backup and --to DIR belong together",
        "--to x,                       backup and --to DIR belong together",
        "new-epoch --to x,             backup and --to DIR belong together",
        "backup --to x --port 80,      --host and --port only apply",
        "new-epoch --host ::1,         --host and --port only apply",
        "backup new-epoch --to x,      'Only one of backup, new-epoch and --version'",
        "backup backup --to x,         'Only one of backup, new-epoch and --version'",
        "--version backup --to x,      'Only one of backup, new-epoch and --version'",
    })
    void refuses(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void thePortOfTheEnvironmentCountsForAStartWithoutOneOfItsOwn() throws UsageException {
        assertThat(Options.parse(List.of(), Map.of("WARUNG_PORT", " 9000 ")).port())
                .isEqualTo(9000);
        assertThat(Options.parse(List.of(), Map.of("WARUNG_PORT", "  ")).port()).isEqualTo(8080);
        assertThat(Options.parse(List.of("--port", "1"), Map.of("WARUNG_PORT", "tcp://10.0.0.1:80"))
                        .port())
                .isEqualTo(1);
        assertThat(Options.parse(List.of("new-epoch"), Map.of("WARUNG_PORT", "tcp://10.0.0.1:80"))
                        .action())
                .isEqualTo(Options.Action.NEW_EPOCH);
        assertThatThrownBy(() -> Options.parse(List.of(), Map.of("WARUNG_PORT", "tcp://10.0.0.1:80")))
                .hasMessageStartingWith("WARUNG_PORT must be a number from 0 to 65535, not \"tcp://10.0.0.1:80\".");
    }

    @ParameterizedTest
    @CsvSource({
        ",             localhost",
        "0.0.0.0,      localhost",
        "::,           localhost",
        "[::],         localhost",
        "127.0.0.1,    127.0.0.1",
        "localhost,    localhost",
        "::1,          [::1]",
        "[::1],        [::1]",
        "fe80::1%1,    [fe80::1%251]",
        "2001:db8::7,  [2001:db8::7]",
    })
    void anAddressIsShownAsItStandsInAnAddressBar(String host, String shown) throws UsageException {
        assertThat(ListenAddress.of(host).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"nosuch.invalid", "http://127.0.0.1", "127.0.0.1:8080", "*", "256.1.1.1", "::1:::"})
    void aHostThatNobodyKnowsIsRefusedByItsName(String host) {
        assertThatThrownBy(() -> ListenAddress.of(host))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("\"" + host + "\"")
                .hasMessageContaining("--host")
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({"::1, [::1]", "127.0.0.1, 127.0.0.1", ", localhost"})
    void anotherTroubleOfSocketsIsASentenceToo(String host, String shown) throws Exception {
        assertThat(ListenAddress.of(host).sentence(new SocketException("no protocol"), 80))
                .startsWith("Warung cannot listen on " + shown + " (no protocol): ")
                .contains("--host")
                .endsWith(".");
    }

    /** 192.0.2.0/24 and 2001:db8::/32 are reserved for documentation; no machine has such an address. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,   192.0.2.1 is not an address of this machine",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7 is not an address of this machine",
        "8080,        0.0.31.144 is not an address of this machine",
        "127.0.0.2,   cannot listen on port 80 (in use)",
        "::1,         cannot listen on port 80 (in use)",
        "0.0.0.0,     cannot listen on port 80 (in use)",
        ",            cannot listen on port 80 (in use)",
    })
    void aBindErrorBlamesTheAddressOrThePort(String host, String sentence) throws Exception {
        assertThat(ListenAddress.of(host).sentence(new BindException("in use"), 80))
                .contains(sentence)
                .endsWith(".");
    }
}
