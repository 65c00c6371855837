/**
 * {@code java -jar warung.war}: the command line, and the WAR unpacked for the server it carries. Knows the JDK and
 * nothing else; {@code launch.tomcat} alone knows the server. Not part of the web application: the build puts these
 * classes in {@code META-INF}, where the JVM finds them and no server hands them out.
 */
package id.warung.launch;
