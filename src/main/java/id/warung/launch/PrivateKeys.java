package id.warung.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Reads private keys as tools write them: PKCS#8, and the older forms of RSA and EC keys, encrypted or not. Static, stateless. */
final class PrivateKeys {
    /** A version and an algorithm, as PKCS#8 puts them before the key itself. */
    private static final byte[] VERSION_0 = {2, 1, 0};

    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final Map<String, Integer> OLD_CIPHERS = // key bytes, by the name in the file
            Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24);

    private static final String NEW_FORM = "openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW";

    private PrivateKeys() {}

    /** Whether this is the block of a key. */
    static boolean isKey(PemBlock block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    /**
     * The key in a block.
     *
     * @param password null: none is configured
     * @param file for the messages
     * @throws UsageException with a sentence, when there is no key that TLS can use
     */
    static PrivateKey of(PemBlock block, char[] password, String file) throws UsageException {
        boolean old = block.headers().containsKey("DEK-Info");
        if ((old || block.label().equals(ENCRYPTED)) && password == null) {
            throw new UsageException("The TLS key " + file + " is encrypted: give its password with"
                    + " --tls-key-password-file FILE, or in WARUNG_TLS_KEY_PASSWORD.");
        }
        byte[] pkcs8 =
                switch (block.label()) {
                    case "PRIVATE KEY" -> block.bytes();
                    case ENCRYPTED -> decrypted(block.bytes(), password, file);
                    case "RSA PRIVATE KEY" -> pkcs8OfRsa(old ? decryptedOld(block, password, file) : block.bytes());
                    case "EC PRIVATE KEY" -> pkcs8OfEc(old ? decryptedOld(block, password, file) : block.bytes());
                    default -> throw notForTls(file, "it is a " + block.label().toLowerCase(Locale.ROOT));
                };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException other) {
                // the next one
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // every JDK has both
            }
        }
        if (old) {
            throw wrongPassword(file); // this form has no checksum
        }
        throw notForTls(file, "Java cannot read it");
    }

    private static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return Der.value(Der.SEQUENCE, VERSION_0, RSA, Der.value(Der.OCTETS, pkcs1));
    }

    private static byte[] pkcs8OfEc(byte[] sec1) {
        byte[] curve = Der.find(Der.CONTEXT_0, sec1);
        byte[] algorithm = Der.value(Der.SEQUENCE, EC_OID, curve == null ? new byte[0] : curve);
        return Der.value(Der.SEQUENCE, VERSION_0, algorithm, Der.value(Der.OCTETS, sec1));
    }

    private static byte[] decrypted(byte[] bytes, char[] password, String file) throws UsageException {
        if (new String(password).chars().anyMatch(c -> c >= 0x80)) {
            throw new UsageException(
                    "The password of the TLS key " + file + " has letters outside ASCII, with which Java"
                            + " does not decrypt such keys. Give it another one: " + NEW_FORM);
        }
        EncryptedPrivateKeyInfo info;
        Cipher cipher;
        SecretKey key;
        try {
            info = new EncryptedPrivateKeyInfo(bytes);
            AlgorithmParameters parameters = info.getAlgParameters();
            // of the newer kind (PBES2), only the parameters tell which one it is
            String byParameters = String.valueOf(parameters);
            String algorithm = byParameters.startsWith("PBE") ? byParameters : info.getAlgName();
            key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
            cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        } catch (IOException | GeneralSecurityException unknown) {
            throw new UsageException("The TLS key " + file
                    + " is encrypted in a way that Java does not know. Write it anew: " + NEW_FORM);
        }
        try {
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw wrongPassword(file);
        }
    }

    /** Decrypts as OpenSSL did before PKCS#8: the key is made of the password by MD5. */
    private static byte[] decryptedOld(PemBlock block, char[] password, String file) throws UsageException {
        String[] how = block.headers().get("DEK-Info").split(",", 2);
        Integer keyBytes = OLD_CIPHERS.get(how[0].strip());
        if (keyBytes == null || how.length < 2) {
            throw new UsageException("The TLS key " + file + " is encrypted with " + how[0]
                    + ", which is not supported. Write it anew: " + NEW_FORM);
        }
        try {
            byte[] start = HexFormat.of().parseHex(how[1].strip());
            String name = how[0].startsWith("AES") ? "AES" : "DESede";
            Cipher cipher = Cipher.getInstance(name + "/CBC/PKCS5Padding");
            byte[] key = oldKey(new String(password).getBytes(StandardCharsets.UTF_8), start, keyBytes);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(start));
            return cipher.doFinal(block.bytes());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrongPassword(file);
        }
    }

    private static byte[] oldKey(byte[] password, byte[] start, int keyBytes) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] round = new byte[0];
        while (key.length < keyBytes) {
            md5.update(round);
            md5.update(password);
            round = md5.digest(Arrays.copyOf(start, 8));
            key = Arrays.copyOf(key, key.length + round.length);
            System.arraycopy(round, 0, key, key.length - round.length, round.length);
        }
        return Arrays.copyOf(key, keyBytes);
    }

    private static UsageException wrongPassword(String file) {
        return new UsageException(
                "The password of the TLS key " + file
                        + " is wrong: check --tls-key-password-file (WARUNG_TLS_KEY_PASSWORD_FILE) or WARUNG_TLS_KEY_PASSWORD.");
    }

    private static UsageException notForTls(String file, String why) {
        return new UsageException("The TLS key " + file + " cannot be used (" + why
                + "): give the RSA or EC key to which the certificate belongs.");
    }
}
