package id.warung.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A server's identity: its private key and its certificates, its own first. Immutable.
 *
 * @param chain at least one, in the order of the file
 */
record TlsCredentials(PrivateKey key, List<X509Certificate> chain) {
    private static final int MOST_SESSIONS = 1_000; // that can be resumed; those of TLS 1.3 are kept by the clients
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /**
     * Reads them and checks that they belong together.
     *
     * @throws UsageException with a sentence that names the file, when they are no identity of a server
     */
    static TlsCredentials of(TlsFiles files, TlsFiles.Contents contents) throws UsageException {
        List<X509Certificate> chain =
                chain(PemBlock.of(contents.certificate()), files.certificate().toString());
        List<PemBlock> keys =
                PemBlock.of(contents.key()).stream().filter(PrivateKeys::isKey).toList();
        if (keys.size() != 1) {
            throw new UsageException(
                    "The TLS key " + files.key() + " has " + keys.size() + " private keys: it must be a"
                            + " PEM file with the one to which the certificate belongs (-----BEGIN PRIVATE KEY-----). OpenSSL"
                            + " converts other forms.");
        }
        char[] password =
                contents.password() == null ? null : contents.password().toCharArray();
        PrivateKey key = PrivateKeys.of(keys.get(0), password, files.key().toString());
        if (!belongTogether(key, chain.get(0))) {
            throw new UsageException("The TLS key " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + ": give the key with which that certificate was requested, and put the"
                    + " server's own certificate before those of its issuers.");
        }
        return new TlsCredentials(key, chain);
    }

    private static List<X509Certificate> chain(List<PemBlock> blocks, String file) throws UsageException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : blocks) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException damaged) {
            throw new UsageException("The TLS certificate " + file + " is damaged: its certificate number "
                    + (chain.size() + 1) + " cannot be read. Copy the file anew.");
        }
        if (chain.isEmpty()) {
            throw new UsageException(
                    "The TLS certificate " + file + " has no certificate: it must be a PEM file, with the"
                            + " server's own certificate first (-----BEGIN CERTIFICATE-----), then those of its issuers. OpenSSL"
                            + " converts other forms.");
        }
        return List.copyOf(chain);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        byte[] some = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance("SHA256with" + (isRsa(key) ? "RSA" : "ECDSA"));
            signature.initSign(key);
            signature.update(some);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(some);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static boolean isRsa(PrivateKey key) {
        return key.getAlgorithm().equals("RSA");
    }

    /**
     * A context with which a server proves this identity. It knows no sessions of earlier contexts.
     *
     * @throws UsageException with a sentence, when no client could connect, because TLS does not use such keys
     */
    SSLContext context() throws UsageException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] inMemory = new char[0];
            store.setKeyEntry("warung", key, inMemory, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, inMemory);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
            TrialHandshake.with(context);
            return context;
        } catch (SSLException unusable) {
            throw new UsageException(
                    "The TLS certificate for " + subject() + " cannot be used (" + unusable.getMessage()
                            + "): TLS needs an RSA key of 2048 bits or more, or an EC key on P-256, P-384 or P-521.");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e); // nothing of this depends on the files
        }
    }

    boolean isValidAt(Instant time) {
        return !time.isBefore(chain.get(0).getNotBefore().toInstant())
                && !time.isAfter(chain.get(0).getNotAfter().toInstant());
    }

    /** For whom and for how long, as the log tells it. */
    String description() {
        return "the TLS certificate for " + subject() + ", valid from "
                + MINUTE.format(chain.get(0).getNotBefore().toInstant()) + " to "
                + MINUTE.format(chain.get(0).getNotAfter().toInstant());
    }

    /** Printable, whatever the certificate says. */
    private String subject() {
        return chain.get(0).getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "?");
    }
}
