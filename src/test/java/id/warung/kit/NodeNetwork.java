package id.warung.kit;

import java.nio.file.Path;

/**
 * A network namespace for one node, with two lines to the namespace around it, over which either clients or the database are reached. A line
 * can go silent: what is sent is lost, in both directions, and neither end is told. For one thread.
 *
 * <p>The namespace around it must be the test's own, as {@link #inOne} makes it: it ends with its processes, and leaves nothing.
 */
public final class NodeNetwork {
    /** What a line is for; its ends are addresses of a network of its own. */
    public enum Line {
        CLIENTS(77),
        DATABASE(78);

        private final int network;

        Line(int network) {
            this.network = network;
        }
    }

    private static final String NOBODY = "02:00:00:00:00:99"; // who is asked under this hardware address is not there

    private final Path said;
    private final int number;
    private final String name;

    /** Makes it; numbers count from 1. What the programs say is added to the file. */
    public NodeNetwork(Path said, int number) {
        this.said = said;
        this.number = number;
        this.name = "node-" + number;
        ip("netns", "add", name);
        ip("-n", name, "link", "set", "lo", "up");
        for (Line line : Line.values()) {
            ip("link", "add", near(line), "type", "veth", "peer", "name", far(line), "netns", name);
            ip("addr", "add", outside(line) + "/30", "dev", near(line));
            ip("link", "set", near(line), "up");
            ip("-n", name, "addr", "add", inside(line) + "/30", "dev", far(line));
            ip("-n", name, "link", "set", far(line), "up");
        }
    }

    /** A command that runs another one in a network namespace of its own, where its own loopback works and namespaces have names of their own. */
    public static String[] inOne(String... command) {
        String script = "mount -t tmpfs tmpfs /run && ip link set lo up && exec \"$@\"";
        String[] whole = new String[command.length + 7];
        System.arraycopy(
                new String[] {"unshare", "--net", "--mount", "sh", "-c", script, "sh"},
                0,
                whole,
                0,
                whole.length - command.length);
        System.arraycopy(command, 0, whole, whole.length - command.length, command.length);
        return whole;
    }

    /** The command that runs another one inside, which replaces it. */
    public String[] program() {
        return new String[] {"ip", "netns", "exec", name};
    }

    /** The node's end of a line. */
    public String inside(Line line) {
        return "10." + line.network + "." + number + ".2";
    }

    /** Our end of a line. */
    public String outside(Line line) {
        return "10." + line.network + "." + number + ".1";
    }

    /** Whether a line is silent. */
    public void silence(Line line, boolean on) {
        if (on) {
            ip("neigh", "replace", inside(line), "lladdr", NOBODY, "dev", near(line), "nud", "permanent");
            ip("-n", name, "neigh", "replace", outside(line), "lladdr", NOBODY, "dev", far(line), "nud", "permanent");
        } else {
            ip("neigh", "del", inside(line), "dev", near(line));
            ip("-n", name, "neigh", "del", outside(line), "dev", far(line));
        }
    }

    private String near(Line line) {
        return "near" + line.network + "-" + number;
    }

    private static String far(Line line) {
        return "far" + line.network;
    }

    private void ip(String... arguments) {
        String[] whole = new String[arguments.length + 1];
        whole[0] = "ip";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        Child.run(said, whole);
    }
}
