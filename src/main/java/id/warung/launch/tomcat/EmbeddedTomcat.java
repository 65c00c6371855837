package id.warung.launch.tomcat;

import id.warung.launch.EmbeddedServer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.apache.tomcat.websocket.BackgroundProcess;

/** The embedded Tomcat; the one class that knows the server in the executable WAR. Its buffers are small: most connections are idle. */
public final class EmbeddedTomcat implements EmbeddedServer {
    /** The most bytes of a request's headers. Cookies of all ports of a host arrive together, and may have more than Tomcat's 8 KiB. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    /** A redirect takes one request; the others share the rest of the sockets. */
    private static final int EIGHTHS_FOR_REDIRECTS = 1;

    private static final String RENEGOTIATION_REFUSED = "jdk.tls.rejectClientInitiatedRenegotiation";
    private static final String SOCKETS =
            org.apache.tomcat.websocket.server.Constants.SERVER_CONTAINER_SERVLET_CONTEXT_ATTRIBUTE;
    private static final String WEBSOCKET_BUFFER = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";
    private static final String BUFFER_BYTES = "1024"; // each connection has six; a text is sent in parts of this size

    private static final String CDI_UNCHECKED = "org.jboss.weld.xml.disableValidating";

    /** The formatter that Tomcat gives the console when its first class logs: it must be the configured one. */
    private static final String CONSOLE_FORMATTER = "org.apache.juli.formatter";

    static {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                System.setProperty(
                        CONSOLE_FORMATTER, handler.getFormatter().getClass().getName());
            }
        }
    }

    /** Tomcat's warnings about leaks in the JVM. Stored here, because the platform holds the logger weakly. */
    private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

    private final Tomcat tomcat = new Tomcat();
    private final Workers workers = new Workers();
    private Context context;

    @Override
    public Ports start(Path webRoot, Listening listening, Path work) throws IOException {
        if (System.getProperty(WEBSOCKET_BUFFER) == null) {
            System.setProperty(WEBSOCKET_BUFFER, BUFFER_BYTES);
        }
        System.setProperty(CDI_UNCHECKED, "true"); // our own descriptor: the start reads no schemas for it
        Registry.disableRegistry(); // nobody uses JMX, and it costs a fifth of the start
        tomcat.setBaseDir(work.toString());
        tomcat.getServer();
        // Tomcat has just set these; the application would use this temporary directory as a place for data
        System.clearProperty("catalina.base");
        System.clearProperty("catalina.home");
        boolean redirects = listening.redirectPort() != null;
        LimitedEndpoint endpoint = endpoint(redirects ? 8 - EIGHTHS_FOR_REDIRECTS : 8, listening.tls());
        Connector connector = connector(endpoint, listening.host(), listening.port());
        if (listening.tls() != null) {
            System.setProperty(RENEGOTIATION_REFUSED, "true");
            secure(connector);
        }
        tomcat.setConnector(connector);
        LimitedEndpoint redirecting = redirects ? endpoint(EIGHTHS_FOR_REDIRECTS, null) : null;
        Connector redirect = redirects ? connector(redirecting, listening.host(), listening.redirectPort()) : null;
        if (redirects) {
            set(redirect, "maxHttpResponseHeaderSize", String.valueOf(MAX_HEADER_BYTES + 1024)); // the whole address
            set(redirect, "maxKeepAliveRequests", "1");
            tomcat.getService().addConnector(redirect);
        }
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ErrorResponses.class.getName());
        HostNames.allowUnderscores();
        context = context(webRoot);
        tomcat.getHost().addChild(context);
        try {
            tomcat.init(); // listens: a port in use is detected before the application starts
            ProtocolHandler protocol = connector.getProtocolHandler();
            protocol.setAdapter(new AnsweringAdapter(protocol.getAdapter(), endpoint::answers));
            if (redirects) {
                redirect.getProtocolHandler().setAdapter(new RedirectAdapter(connector::getLocalPort));
            }
            startQuietly(listening.tls() != null);
            return new Ports(connector.getLocalPort(), redirects ? (Integer) redirect.getLocalPort() : null);
        } catch (LifecycleException e) {
            IOException problem = asIo(e);
            throw problem instanceof SocketException refused && connector.getState() == LifecycleState.INITIALIZED
                    ? new RedirectPortRefused(refused)
                    : problem;
        }
    }

    /** An application that cannot start has reported the reason in a sentence; the server's stack traces add nothing. */
    private void startQuietly(boolean tls) throws LifecycleException, ApplicationFailed {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        UncaughtExceptionHandler report = (thread, thrown) -> failure.set(thrown);
        context().setAttribute(FAILURE_HANDLER, report);
        context().setAttribute(DESCRIPTORS, Descriptors.forSockets());
        context().setAttribute(TLS_BYTES, tls ? TlsChannel.MOST_BYTES : 0);
        context().setAttribute(SOURCES, System.getProperty(SOURCES));
        Logger chatter = Logger.getLogger("org.apache.catalina");
        chatter.setLevel(Level.OFF);
        try {
            tomcat.start();
        } finally {
            chatter.setLevel(null);
        }
        if (failure.get() != null) {
            throw new ApplicationFailed(failure.get());
        }
        if (!context.getState().isAvailable()) {
            throw new LifecycleException("The application did not start");
        }
        if (context().getAttribute(SOCKETS) instanceof BackgroundProcess sockets) {
            sockets.setProcessPeriod(1); // in seconds: how often it looks for clients that do not answer a close
        }
    }

    @Override
    public void stop() throws IOException {
        LEAKS.setLevel(Level.OFF); // all of it ends with the process
        try {
            if (context != null) {
                context.stop();
            }
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw asIo(e);
        }
    }

    private LimitedEndpoint endpoint(int eighths, Supplier<SSLContext> tls) {
        return new LimitedEndpoint(name -> context().getAttribute(name), eighths, tls);
    }

    /** Requests of this connector have come by https; its channels know TLS themselves, without the server's own configuration of it. */
    private static void secure(Connector connector) {
        connector.setSecure(true);
        connector.setScheme("https");
        set(connector, "socket.bufferPool", "0"); // closed channels would keep their buffers, which are larger
    }

    private Connector connector(LimitedEndpoint endpoint, InetAddress host, int port) {
        Connector connector = new Connector(new Http11NioProtocol(endpoint));
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setAllowTrace(true); // otherwise Tomcat rejects TRACE itself and lists methods that do not exist
        if (host != null) {
            set(connector, "address", host.getHostAddress());
        }
        set(connector, "maxConnections", "-1"); // the endpoint has its own limits
        set(
                connector,
                "keepAliveTimeout",
                "60000"); // clients are told so; proxies on the way keep idle connections for less
        set(connector, "acceptCount", "1024"); // all clients reconnect at once after a restart
        set(connector, "maxHttpRequestHeaderSize", String.valueOf(MAX_HEADER_BYTES));
        set(connector, "maxHttpResponseHeaderSize", "4096"); // there is one for each socket that waits for its headers
        set(connector, "maxTrailerSize", "256"); // likewise
        set(connector, "socket.appReadBufSize", BUFFER_BYTES);
        set(connector, "socket.appWriteBufSize", BUFFER_BYTES);
        set(connector, "processorCache", "64"); // one for each thread; each has some 70 KB
        connector.getProtocolHandler().setExecutor(workers);
        return connector;
    }

    /** Sets a property. One that this server does not know would otherwise be ignored silently. */
    private static void set(Connector connector, String property, String value) {
        if (!connector.setProperty(property, value)) {
            throw new IllegalStateException("The connector of this Tomcat has no property " + property);
        }
    }

    private Context context(Path webRoot) {
        ContextConfig config = new QuickScan();
        config.setDefaultWebXml(Constants.NoDefaultWebXml);
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setDocBase(webRoot.toString());
        context.setParentClassLoader(getClass().getClassLoader());
        context.setJarScanner(webInfOnly());
        context.addLifecycleListener(config);
        if (System.getProperty(SOURCES) != null) {
            StandardRoot files = new StandardRoot(context);
            files.setAllowLinking(true);
            files.setCachingAllowed(false);
            context.setResources(files);
        }
        Tomcat.addDefaultMimeTypeMappings(context);
        return context;
    }

    private ServletContext context() {
        return context.getServletContext();
    }

    private static StandardJarScanner webInfOnly() {
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        return scanner;
    }

    private static IOException asIo(LifecycleException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException refused) {
                return refused;
            }
            if (cause instanceof UnsupportedAddressTypeException) {
                return new SocketException("IPv6 is unavailable"); // the JDK's exception has no message
            }
        }
        return new IOException(e);
    }
}
