package id.warung.app;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jboss.weld.environment.servlet.Listener;

/**
 * The listener that a server calls first in this WAR: it starts Weld on servers without CDI, then {@link Warung}, and
 * stops both in reverse order. Called by the server's deployment thread only.
 */
public final class CdiBootstrap implements ServletContextListener {
    private ServletContextListener weld;
    private Warung warung;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (!serverHasCdi()) {
            weld = new Listener();
            weld.contextInitialized(event);
        }
        warung = CDI.current().select(Warung.class).get();
        try {
            warung.start(event.getServletContext());
        } catch (RuntimeException e) {
            warung.stop();
            notifyLauncher(event.getServletContext(), e);
            throw e; // so that the server does not deploy an application that does not work
        }
    }

    /** Hands the reason to the executable WAR, which prints it in one sentence. */
    private static void notifyLauncher(ServletContext context, RuntimeException failure) {
        if (context.getAttribute("id.warung.failure-handler") instanceof UncaughtExceptionHandler launcher) {
            launcher.uncaughtException(Thread.currentThread(), failure);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (warung != null) {
            warung.stop();
        }
        if (weld != null) {
            weld.contextDestroyed(event);
        }
    }

    private static boolean serverHasCdi() {
        try {
            return CDI.current().getBeanManager() != null;
        } catch (IllegalStateException none) {
            return false;
        }
    }
}
