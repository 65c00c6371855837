package id.warung.log.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code NOTIFY} brings to a connection that listens. A connection of a pool of the server was made by the server's copy of the driver,
 * whose classes are not those of the application's copy: so both are called by name. For one thread.
 */
final class Notifications {
    private static final String CONNECTION = "org.postgresql.PGConnection";
    private static final String NOTIFICATION = "org.postgresql.PGNotification";

    private final Object connection; // the driver's own
    private final Method receive;
    private final Method parameter;

    private Notifications(Object connection, Method receive, Method parameter) {
        this.connection = connection;
        this.receive = receive;
        this.parameter = parameter;
    }

    /** Those of a connection, which may be wrapped by a pool. */
    static Notifications of(Connection connection) throws SQLException {
        try {
            // pools wrap no arrays: this one has the class loader of the driver
            ClassLoader driver =
                    connection.createArrayOf("text", new String[0]).getClass().getClassLoader();
            Class<?> type = Class.forName(CONNECTION, false, driver);
            return new Notifications(
                    connection.unwrap(type),
                    type.getMethod("getNotifications", int.class),
                    Class.forName(NOTIFICATION, false, driver).getMethod("getParameter"));
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The driver is not that of PostgreSQL.", e);
        }
    }

    /** The texts of those that have arrived; if there are none, waits for some, so many milliseconds at most. */
    List<String> await(int atMostMs) throws SQLException {
        try {
            Object[] some = (Object[]) receive.invoke(connection, atMostMs);
            List<String> texts = new ArrayList<>();
            for (Object one : some == null ? new Object[0] : some) {
                texts.add((String) parameter.invoke(one));
            }
            return texts;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException(e);
        }
    }
}
