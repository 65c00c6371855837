package id.warung.endpoint;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;

/** The containers that treat a request's body in a way of their own. */
enum HttpContainer {
    /** In WildFly. It reads the rest of a body when the request is completed, and holds a thread until that has come. */
    UNDERTOW,
    /**
     * In Payara and GlassFish. It reads on while a request with a body is being answered: what comes next on the connection, before that
     * request is completed, may be lost, or be taken for a part of that body.
     */
    GRIZZLY,
    /** It drops what is left of a body, and then reads the next request. */
    OTHER;

    private static final ClassValue<HttpContainer> OF = new ClassValue<>() {
        @Override
        protected HttpContainer computeValue(Class<?> request) {
            return request.getName().startsWith("io.undertow.") ? UNDERTOW : usesGrizzly(request) ? GRIZZLY : OTHER;
        }
    };

    /** That of the request, also when it is wrapped. */
    static HttpContainer of(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return OF.get(inner.getClass());
    }

    /** Its own classes have the names of Tomcat's. */
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

    /** Whether the client has to take another connection after a request with a body. */
    boolean closesAfterBody() {
        return this == GRIZZLY;
    }
}
