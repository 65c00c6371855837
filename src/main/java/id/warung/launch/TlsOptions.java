package id.warung.launch;

import java.util.Locale;
import java.util.Map;

/**
 * The options for TLS, from the command line and the environment; the command line wins, option by option.
 *
 * @param redirectPort the port whose requests are sent to the https address; null: none
 */
record TlsOptions(TlsFiles files, Integer redirectPort) {
    private static final String CERTIFICATE = "--tls-cert";
    private static final String KEY = "--tls-key";
    private static final String PASSWORD_FILE = "--tls-key-password-file";
    private static final String PASSWORD = "WARUNG_TLS_KEY_PASSWORD";
    private static final String REDIRECT_PORT = "--redirect-port";

    /**
     * Reads them; null when there are none.
     *
     * @param given by option
     * @throws UsageException with a sentence, when they are incomplete or contradict each other
     */
    static TlsOptions of(Map<String, String> given, Map<String, String> environment) throws UsageException {
        String certificate = value(CERTIFICATE, given, environment);
        String key = value(KEY, given, environment);
        String passwordFile = value(PASSWORD_FILE, given, environment);
        String password = environment.getOrDefault(PASSWORD, "");
        String redirectPort = value(REDIRECT_PORT, given, environment);
        if (certificate == null && key == null) {
            if (redirectPort != null) {
                throw new UsageException("--redirect-port (WARUNG_REDIRECT_PORT) needs TLS: give --tls-cert FILE and"
                        + " --tls-key FILE too, or leave it out.");
            }
            if (passwordFile != null || !password.isEmpty()) {
                throw new UsageException("The password of a TLS key is given without the key: give --tls-cert FILE and"
                        + " --tls-key FILE too, or leave it out.");
            }
            return null;
        }
        if (certificate == null || key == null) {
            throw new UsageException(
                    "--tls-cert FILE and --tls-key FILE (WARUNG_TLS_CERT and WARUNG_TLS_KEY) belong together:"
                            + " give both, or neither.");
        }
        if (!given.containsKey(PASSWORD_FILE) && passwordFile != null && !password.isEmpty()) {
            throw new UsageException(PASSWORD + " and " + PASSWORD + "_FILE are both given: leave one of them out.");
        }
        return new TlsOptions(
                new TlsFiles(
                        PathText.file(name(CERTIFICATE, given), certificate),
                        PathText.file(name(KEY, given), key),
                        passwordFile == null ? null : PathText.file(name(PASSWORD_FILE, given), passwordFile),
                        password.isEmpty() ? null : password),
                redirectPort == null ? null : Options.portNumber(name(REDIRECT_PORT, given), redirectPort));
    }

    private static String value(String option, Map<String, String> given, Map<String, String> environment) {
        String variable = environment.get(variable(option));
        return given.getOrDefault(option, variable == null || variable.isBlank() ? null : variable);
    }

    private static String name(String option, Map<String, String> given) {
        return given.containsKey(option) ? option : variable(option);
    }

    private static String variable(String option) {
        return "WARUNG_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
