package id.warung.launch.tomcat;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many files and sockets this process may open, by the system's limit ({@code ulimit -n}). */
final class Descriptors {
    private static final int OTHER_FILES = 256; // jars, the database, the log

    private Descriptors() {}

    /** The number of sockets for which there are file descriptors, so that clients never use up the last one; 0: any number. */
    static int forSockets() {
        try {
            Object most = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "MaxFileDescriptorCount");
            return forSockets((Long) most);
        } catch (JMException noUnix) {
            return 0;
        }
    }

    /** @param most the system's limit; a negative number means no limit */
    static int forSockets(long most) {
        return most < 0 || most - OTHER_FILES > Integer.MAX_VALUE ? 0 : (int) Math.max(1, most - OTHER_FILES);
    }
}
