package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.Certificates;
import id.warung.kit.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a server. Each check is one second. */
class ReloadingTlsTest {
    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private Logged logged;
    private ReloadingTls tls;

    @BeforeEach
    void start() throws Exception {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        logged = Logged.allBy(ReloadingTls.class);
        put("rsa-cert.pem", "rsa-pkcs8.pem");
        tls = new ReloadingTls(new TlsFiles(certificate, key, null, null), NOW);
    }

    @AfterEach
    void end() {
        logged.close();
    }

    private void put(String newCertificate, String newKey) throws IOException {
        Files.copy(Certificates.file(newCertificate), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Certificates.file(newKey), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private void checks(int times) {
        for (int i = 0; i < times; i++) {
            tls.check();
        }
    }

    @Test
    void newFilesAreTakenWhenTheyHaveStayedTheSameForACheck() throws Exception {
        SSLContext before = tls.get();
        put("ec-cert.pem", "ec-sec1.pem");
        checks(1);
        assertThat(tls.get()).as("perhaps still being written").isSameAs(before);
        checks(1);
        assertThat(tls.get()).isNotSameAs(before);
        assertThat(logged.lines()).hasSize(2);
        assertThat(logged.lines().get(1)).contains("From now on", "CN=ec.example", "valid from");
        SSLContext after = tls.get();
        checks(3);
        assertThat(tls.get()).isSameAs(after);
        assertThat(logged.lines()).hasSize(2);
    }

    @Test
    void filesThatDoNotChangeAreNotTakenAgain() throws Exception {
        SSLContext before = tls.get();
        put("rsa-cert.pem", "rsa-pkcs8.pem"); // written anew
        checks(3);
        assertThat(tls.get()).isSameAs(before);
        assertThat(logged.lines()).hasSize(1);
    }

    @Test
    void brokenFilesKeepTheOldOnesAndAreToldOnceForEachChange() throws Exception {
        SSLContext before = tls.get();
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nnot yet");
        checks(4);
        assertLastOf(2, "has no certificate");
        put("ec-cert.pem", "rsa-pkcs8.pem");
        checks(4);
        assertLastOf(3, "does not belong");
        put("expired.pem", "expired.pem");
        checks(4);
        assertLastOf(4, "not valid now");
        put("rsa512-cert.pem", "rsa512.pem");
        checks(4);
        assertLastOf(5, "2048 bits");
        Files.delete(key);
        checks(4);
        assertLastOf(6, "there is no such file");
        assertThat(tls.get()).isSameAs(before);

        put("ec-cert.pem", "ec-pkcs8.pem");
        checks(2);
        assertThat(tls.get()).isNotSameAs(before);
        assertThat(logged.lines()).hasSize(7);
    }

    private void assertLastOf(int lines, String sentence) {
        assertThat(logged.lines()).hasSize(lines);
        assertThat(logged.lines().get(lines - 1))
                .startsWith("Warung continues with the TLS certificate that it has. ")
                .contains(sentence);
    }

    @Test
    void theOldFilesPutBackAreToldToBeInUse() throws Exception {
        Files.writeString(key, "oops");
        checks(2);
        put("rsa-cert.pem", "rsa-pkcs8.pem");
        checks(2);
        assertThat(logged.lines()).hasSize(3);
        assertThat(logged.lines().get(2)).contains("From now on", "CN=rsa.example");
    }

    @Test
    void anExpiredOneServesFromTheStartWithAWarning() throws Exception {
        Path expired = Certificates.file("expired.pem");
        assertThat(new ReloadingTls(new TlsFiles(expired, expired, null, null), NOW).get())
                .isNotNull();
        assertThat(logged.lines().get(1)).contains("CN=expired.example", "It is not valid now");
    }

    @Test
    void withoutAnIdentityThereIsNoStart() {
        assertThatThrownBy(() -> new ReloadingTls(new TlsFiles(certificate, folder.resolve("no"), null, null), NOW))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no such file");
    }
}
