package id.warung.launch.tomcat;

import java.util.HashMap;
import java.util.Set;
import org.apache.catalina.WebResource;
import org.apache.catalina.startup.ContextConfig;
import org.apache.tomcat.util.descriptor.web.WebXml;

/** Looks for annotations in the one package that has servlets and endpoints; Tomcat would read all classes of the application. */
final class QuickScan extends ContextConfig {
    private static final String ENDPOINTS = "/WEB-INF/classes/id/warung/endpoint";

    @Override
    protected void processClasses(WebXml webXml, Set<WebXml> orderedFragments) {
        WebResource endpoints = context.getResources().getResource(ENDPOINTS);
        if (!endpoints.isDirectory()) {
            throw new IllegalStateException("The application has no " + ENDPOINTS);
        }
        processAnnotationsWebResource(endpoints, webXml, webXml.isMetadataComplete(), new HashMap<>());
    }
}
