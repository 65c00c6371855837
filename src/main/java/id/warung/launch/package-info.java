/**
 * {@code java -jar warung.war}: the command line, and the unpacked WAR for the embedded server. Knows the JDK only;
 * {@code launch.tomcat} alone knows the server. Not part of the web application: the build puts these classes into
 * {@code META-INF}, where the JVM finds them and no server serves them.
 */
package id.warung.launch;
