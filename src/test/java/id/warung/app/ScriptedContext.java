package id.warung.app;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;

/** The context of a node whose only setting is its data folder. */
final class ScriptedContext {
    private ScriptedContext() {}

    static ServletContext with(Path folder) {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInitParameter" -> "warung.data".equals(arguments[0]) ? folder.toString() : null;
                    case "getInitParameterNames" -> Collections.emptyEnumeration();
                    case "getContextPath" -> "";
                    default -> null;
                });
    }
}
