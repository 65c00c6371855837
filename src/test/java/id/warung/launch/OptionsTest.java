package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashMap;
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
                Stream.of(line.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
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
        "migrate --from a --to postgresql://x,  MIGRATE,   , 8080,",
        "new-epoch --db postgresql://x,         NEW_EPOCH, , 8080,",
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
        "migrate --to x,               migrate and --from DIR belong together",
        "migrate --from x,             backup and --to DIR belong together",
        "migrate --from x --to y --data z, migrate takes --from DIR",
        "--db x,                       --db is for new-epoch only",
        "new-epoch --db x --data y,    --db is for new-epoch only",
        "backup new-epoch --to x,      'Only one of backup, new-epoch, migrate and --version'",
        "backup backup --to x,         'Only one of backup, new-epoch, migrate and --version'",
        "--version backup --to x,      'Only one of backup, new-epoch, migrate and --version'",
    })
    void refuses(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void aNewEpochIsForTheDatabaseOfTheSettingUnlessTheCommandLineSaysOtherwise() throws UsageException {
        Map<String, String> setting = Map.of("WARUNG_DB", "postgresql://a@b/c");

        assertThat(Options.parse(List.of("new-epoch"), setting).database()).isEqualTo("postgresql://a@b/c");
        assertThat(Options.parse(List.of("new-epoch", "--db", "postgresql://x"), setting)
                        .database())
                .isEqualTo("postgresql://x");
        assertThat(Options.parse(List.of("new-epoch", "--data", "x"), setting).database())
                .isNull();
        assertThat(Options.parse(List.of("new-epoch"), Map.of("WARUNG_DB", " ")).database())
                .isNull();
        assertThatThrownBy(() -> Options.parse(List.of("backup", "--to", "x"), setting))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("pg_dump");
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

    @Test
    void tlsIsReadFromTheCommandLineAndTheEnvironmentOptionByOption() throws UsageException {
        Map<String, String> environment = Map.of(
                "WARUNG_TLS_CERT",
                "/a.pem",
                "WARUNG_TLS_KEY",
                "/b.pem",
                "WARUNG_REDIRECT_PORT",
                " 80 ",
                "WARUNG_TLS_KEY_PASSWORD",
                "secret");
        TlsOptions tls =
                Options.parse(List.of("--tls-key", "/c.pem"), environment).tls();
        assertThat(tls)
                .isEqualTo(new TlsOptions(new TlsFiles(Path.of("/a.pem"), Path.of("/c.pem"), null, "secret"), 80));
        assertThat(Options.parse(List.of(), Map.of()).tls()).isNull();
        assertThat(Options.parse(List.of("new-epoch"), Map.of("WARUNG_TLS_CERT", "/a.pem"))
                        .tls())
                .isNull();
        assertThat(Options.parse(
                                List.of("--tls-cert=/a", "--tls-key=/a", "--tls-key-password-file=/p"),
                                Map.of("WARUNG_TLS_KEY_PASSWORD", "secret"))
                        .tls()
                        .files()
                        .passwordFile())
                .isEqualTo(Path.of("/p"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--tls-cert /a; ; --tls-cert FILE and --tls-key FILE (WARUNG_TLS_CERT",
                "--tls-key /a; ; --tls-cert FILE and --tls-key FILE (WARUNG_TLS_CERT",
                "; WARUNG_TLS_KEY=/a; --tls-cert FILE and --tls-key FILE (WARUNG_TLS_CERT",
                "--redirect-port 80; ; --redirect-port (WARUNG_REDIRECT_PORT) needs TLS",
                "; WARUNG_REDIRECT_PORT=80; --redirect-port (WARUNG_REDIRECT_PORT) needs TLS",
                "--tls-key-password-file /p; ; The password of a TLS key is given without the key",
                "; WARUNG_TLS_KEY_PASSWORD=x; The password of a TLS key is given without the key",
                "--tls-cert /a --tls-key /b --redirect-port x; ; --redirect-port must be a number",
                "--tls-cert /a --tls-key /b; WARUNG_REDIRECT_PORT=x; WARUNG_REDIRECT_PORT must be a number",
                "--tls-cert=~/a --tls-key /b; ; --tls-cert must be the full path of a file",
                "--tls-cert /a; WARUNG_TLS_KEY=~/b; WARUNG_TLS_KEY must be the full path of a file",
                "--tls-cert /a --tls-key /b; WARUNG_TLS_KEY_PASSWORD=x,WARUNG_TLS_KEY_PASSWORD_FILE=/p; WARUNG_TLS_KEY_PASSWORD and",
                "new-epoch --tls-cert /a; ; --host and --port only apply",
                "--tls-key-password x; ; There is no option --tls-key-password",
            })
    void tlsThatIsIncompleteIsRefused(String line, String variables, String sentence) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables == null ? new String[0] : variables.split(",", -1)) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        List<String> arguments = line == null ? List.of() : List.of(line.split(" ", -1));
        assertThatThrownBy(() -> Options.parse(arguments, environment))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith(".");
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
        assertThat(ListenAddress.of(host).sentence(new SocketException("no protocol"), "--port", 80))
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
        assertThat(ListenAddress.of(host).sentence(new BindException("in use"), "--port", 80))
                .contains(sentence)
                .endsWith(".");
    }
}
