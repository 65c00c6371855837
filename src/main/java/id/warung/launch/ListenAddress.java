package id.warung.launch;

import id.warung.launch.EmbeddedServer.Ports;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * The address to listen on, from {@code --host}.
 *
 * @param text as given; null: not given
 * @param address null: all addresses of this machine
 */
record ListenAddress(String text, InetAddress address) {
    /** Asks the system's name service, which may take a while. */
    static ListenAddress of(String host) throws UsageException {
        try {
            return new ListenAddress(host, host == null ? null : InetAddress.getByName(host));
        } catch (UnknownHostException unknown) {
            throw new UsageException(
                    "Warung cannot listen on \"" + host + "\", because this name is unknown: give --host"
                            + " an address or a name of this machine, and give a port to --port.");
        }
    }

    /** What is printed when the server listens. */
    String greeting(boolean secure, Ports ports) {
        String redirect = ports.redirectPort() == null
                ? ""
                : "http://" + shown() + ":" + ports.redirectPort() + "/ leads there; ";
        return "Warung is open at " + (secure ? "https" : "http") + "://" + shown() + ":" + ports.port() + "/ ("
                + redirect + "Ctrl-C ends it)";
    }

    /** The address as in a URL. */
    String shown() {
        if (address == null || address.isAnyLocalAddress()) {
            return "localhost";
        }
        boolean needsBrackets = text.contains(":") && !text.startsWith("[");
        return (needsBrackets ? "[" + text + "]" : text).replace("%", "%25");
    }

    /**
     * A sentence saying why the server cannot listen here, and what to do.
     *
     * @param option the one that names the port
     */
    String sentence(SocketException refused, String option, int port) throws SocketException {
        if (!(refused instanceof BindException)) {
            return "Warung cannot listen on " + shown() + " (" + refused.getMessage() + "): give --host another address"
                    + " of this machine, or omit it to listen on all of them.";
        }
        if (isOurs()) {
            return "Warung cannot listen on port " + port + " (" + refused.getMessage() + "): choose another port with "
                    + option + " N, or any free port with " + option + " 0.";
        }
        return "Warung cannot listen on " + shown() + ": " + address.getHostAddress()
                + " is not an address of this machine."
                + " Give --host one of its addresses, or omit it to listen on all of them.";
    }

    private boolean isOurs() throws SocketException {
        return address == null
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }
}
