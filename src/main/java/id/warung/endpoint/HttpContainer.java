package id.warung.endpoint;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How containers treat a request's body. */
enum HttpContainer {
    /** WildFly's. It reads the rest of a body when the request is completed, and blocks a thread until the rest has arrived. */
    UNDERTOW,
    /**
     * Payara's and GlassFish's. It continues to read while it answers a request with a body: the next request on the
     * connection, if it comes before this one is completed, may be lost or be taken for a part of that body.
     */
    GRIZZLY,
    /** Any other. It discards the rest of a body, and then reads the next request. */
    OTHER;

    /** Not a {@link ClassValue}: with that, the container's class would hold this one, and the undeployed application would stay. */
    private static final Map<Class<?>, HttpContainer> OF = new ConcurrentHashMap<>();

    /** The container of a request, which may be wrapped. */
    static HttpContainer of(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return OF.computeIfAbsent(inner.getClass(), HttpContainer::of);
    }

    private static HttpContainer of(Class<?> request) {
        return request.getName().startsWith("io.undertow.") ? UNDERTOW : usesGrizzly(request) ? GRIZZLY : OTHER;
    }

    /** Its classes have the same names as Tomcat's. */
    private static boolean usesGrizzly(Class<?> request) {
        try {
            Class.forName("org.glassfish.grizzly.http.server.Request", false, request.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether a request must not be completed before all of its body has been read. */
    boolean waitsForBody() {
        return this != OTHER;
    }

    /** Whether the client must open another connection after a request with a body. */
    boolean closesAfterBody() {
        return this == GRIZZLY;
    }
}
