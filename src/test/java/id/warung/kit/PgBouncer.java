package id.warung.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** pgbouncer before a database, in transaction mode, with few connections. For one thread. */
public final class PgBouncer implements AutoCloseable {
    /** How many connections to the database it has at most. */
    public static final int CONNECTIONS = 6;

    private final int port = FreePort.ofAServer();
    private Child process;

    private PgBouncer() {}

    public static PgBouncer before(Path folder, int database) {
        PgBouncer pooler = new PgBouncer();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
            Files.writeString(
                    folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s/users.txt
                    pool_mode = transaction
                    default_pool_size = %d
                    max_client_conn = 200
                    ignore_startup_parameters = extra_float_digits,options
                    """.formatted(database, pooler.port, folder, CONNECTIONS));
            String[] command = {"pgbouncer", folder + "/pgbouncer.ini"};
            pooler.process = System.getProperty("user.name").equals("root")
                    ? Child.of(folder.resolve("said"), "unshare", "-U", command[0], command[1]) // it refuses root
                    : Child.of(folder.resolve("said"), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pooler.process.awaitListening(pooler.port);
        return pooler;
    }

    /** The database through it, for a driver that prepares nothing in a session. */
    public String url() {
        return PostgresServer.url(port) + "&prepareThreshold=0";
    }

    @Override
    public void close() {
        process.close();
    }
}
