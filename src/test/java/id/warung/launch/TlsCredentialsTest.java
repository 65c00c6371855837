package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in the forms that OpenSSL writes, and what is no identity of a server. */
class TlsCredentialsTest {
    private static final String PASSWORD = "sésame 1";

    @TempDir
    private Path folder;

    private static TlsCredentials read(Path certificate, Path key, String password) throws UsageException {
        TlsFiles files = new TlsFiles(certificate, key, null, password);
        return TlsCredentials.of(files, files.read());
    }

    private static TlsCredentials read(String certificate, String key, String password) throws UsageException {
        return read(Certificates.file(certificate), Certificates.file(key), password);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), content);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-cert.pem, rsa-pkcs8.pem,",
        "rsa-cert.pem, rsa-pkcs1.pem,",
        "rsa-cert.pem, rsa-pkcs8-aes.pem, sesame",
        "rsa-cert.pem, rsa-pkcs8-3des.pem, sesame",
        "rsa-cert.pem, rsa-old-aes256.pem, " + PASSWORD,
        "rsa-cert.pem, rsa-old-aes128.pem, " + PASSWORD,
        "rsa-cert.pem, rsa-old-3des.pem, " + PASSWORD,
        "ec-cert.pem, ec-pkcs8.pem,",
        "ec-cert.pem, ec-sec1.pem,",
        "ec-cert.pem, ec-old-aes256.pem, " + PASSWORD,
        "chain.pem, chain-key-aes.pem, sesame",
        "expired.pem, expired.pem,", // certificate and key in one file
    })
    void everyFormOfAKeyIsTakenAndServes(String certificate, String key, String password) throws Exception {
        TlsCredentials credentials = read(certificate, key, password);
        assertThat(credentials.context()).isNotNull();
        assertThat(credentials.chain()).hasSize(certificate.equals("chain.pem") ? 2 : 1);
    }

    @Test
    void windowsLineEndsAndALineEndAfterThePasswordDoNotMatter() throws Exception {
        Path key =
                file(Files.readString(Certificates.file("rsa-old-aes256.pem")).replace("\n", "\r\n"));
        for (String end : new String[] {"", "\n", "\r\n"}) {
            TlsFiles files = new TlsFiles(Certificates.file("rsa-cert.pem"), key, file(PASSWORD + end), null);
            assertThat(TlsCredentials.of(files, files.read()).key()).isNotNull();
        }
    }

    @Test
    void theChainIsServedInTheOrderOfTheFile() throws Exception {
        assertThat(read("chain.pem", "chain-key-aes.pem", "sesame").chain())
                .extracting(X509Certificate::getSubjectX500Principal)
                .extracting(Object::toString)
                .containsExactly("CN=localhost", "CN=Test intermediate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa-cert.pem | ec-pkcs8.pem | | does not belong to the first certificate",
                "ec-cert.pem | rsa-pkcs8.pem | | does not belong to the first certificate",
                "chain.pem | ec-pkcs8.pem | | does not belong to the first certificate",
                "rsa-pkcs8.pem | rsa-pkcs8.pem | | has no certificate: it must be a PEM file",
                "README.md | rsa-pkcs8.pem | | has no certificate: it must be a PEM file",
                "rsa-cert.pem | rsa-cert.pem | | has 0 private keys",
                "rsa-cert.pem | rsa-pkcs8-aes.pem | | is encrypted: give its password with --tls-key-password-file",
                "rsa-cert.pem | rsa-old-aes256.pem | | is encrypted: give its password with --tls-key-password-file",
                "rsa-cert.pem | rsa-pkcs8-aes.pem | wrong | The password of the TLS key",
                "rsa-cert.pem | rsa-pkcs8-aes.pem | sésame 1 | has letters outside ASCII",
                "rsa-cert.pem | rsa-pkcs8-3des.pem | wrong | The password of the TLS key",
                "rsa-cert.pem | rsa-old-aes256.pem | wrong | The password of the TLS key",
                "rsa-cert.pem | rsa-old-3des.pem | wrong | The password of the TLS key",
                "ec-cert.pem | ec-old-aes256.pem | wrong | The password of the TLS key",
                "rsa-cert.pem | rsa-pkcs8-scrypt.pem | x | in a way that Java does not know. Write it anew: openssl",
                "rsa-cert.pem | rsa-old-camellia.pem | x | CAMELLIA-128-CBC, which is not supported. Write it anew",
                "rsa-cert.pem | ed25519.pem | | give the RSA or EC key",
                "k1-cert.pem | k1.pem | | The TLS ",
                "nothing.pem | rsa-pkcs8.pem | | there is no such file",
                "rsa-cert.pem | nothing.pem | | there is no such file",
                ". | rsa-pkcs8.pem | | it is a folder",
            })
    void whatIsNoIdentityIsRefusedWithASentence(String certificate, String key, String password, String sentence) {
        assertThatThrownBy(() -> read(certificate, key, password).context())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence)
                .hasMessageMatching("(?s).*(\\.|NEW)")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("sesame", PASSWORD, "Exception"));
    }

    @Test
    void aKeyThatTlsDoesNotUseIsRefused() {
        assertThatThrownBy(() -> read("rsa512-cert.pem", "rsa512.pem", null).context())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("RSA key of 2048 bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 60, 200, 500, 1_000})
    void aFileThatIsCutOffIsRefused(int bytes) throws Exception {
        Path certificate =
                file(Files.readString(Certificates.file("ec-cert.pem")).substring(0, Math.min(bytes, 400)));
        Path key = file(Files.readString(Certificates.file("rsa-pkcs1.pem")).substring(0, bytes));
        assertThatThrownBy(() -> read(certificate, Certificates.file("ec-pkcs8.pem"), null))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> read(Certificates.file("rsa-cert.pem"), key, null))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void damagedContentInAWholeBlockIsRefused() throws Exception {
        for (String label : new String[] {
            "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"
        }) {
            for (String content : new String[] {"", "AAAA", "MAA=", "MIIEpAIBAAKCAQEA", "MIT/////", "%%%"}) {
                Path key = file("-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n");
                assertThatThrownBy(() -> read(Certificates.file("rsa-cert.pem"), key, "x"))
                        .as("%s: %s", label, content)
                        .isInstanceOf(UsageException.class);
            }
        }
        Path certificate = file("-----BEGIN CERTIFICATE-----\nMIIBgDCC\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> read(certificate, Certificates.file("ec-pkcs8.pem"), null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("number 1 cannot be read");
    }

    @Test
    void aHugeFileIsRefused() throws Exception {
        Path huge = file("x".repeat(1024 * 1024 + 1));
        assertThatThrownBy(() -> read(huge, Certificates.file("ec-pkcs8.pem"), null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void anExpiredCertificateIsKnownAsOne() throws Exception {
        assertThat(read("expired.pem", "expired.pem", null).isValidAt(Instant.now()))
                .isFalse();
        assertThat(read("ec-cert.pem", "ec-sec1.pem", null).isValidAt(Instant.parse("2100-01-01T00:00:00Z")))
                .isTrue();
        assertThat(read("ec-cert.pem", "ec-sec1.pem", null).isValidAt(Instant.EPOCH))
                .as("before its time")
                .isFalse();
    }
}
