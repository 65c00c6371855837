package id.warung.kit;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A server of one of the kinds that the WAR is deployed to, as a process with a folder of its own. Its distribution is in {@code target/servers},
 * where the build has put it. For one thread, except the addresses.
 */
public final class AppServer implements Node, AutoCloseable {
    /** What there is a distribution of. */
    public enum Kind {
        TOMCAT("apache-tomcat-*"),
        WILDFLY("wildfly-*"),
        PAYARA_MICRO("payara-micro-*");

        private final String pattern;

        Kind(String pattern) {
            this.pattern = pattern;
        }

        private Path distribution() {
            try (Stream<Path> there = Files.list(Path.of("target/servers").toAbsolutePath())) {
                return there.filter(one -> one.getFileName().toString().matches(pattern.replace("*", ".*")))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final String HEAP = "-Xmx320m -XX:TieredStopAtLevel=1";

    private final Kind kind;
    private final Path folder;
    private final int http = FreePort.ofAServer();
    private final Map<String, String> environment = new TreeMap<>(HighLimits.environment());
    private final List<String> arguments = new ArrayList<>();
    private Child process;
    private volatile boolean runs;

    /** A server that has not started, with nothing deployed. */
    public AppServer(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder.toAbsolutePath();
        Path base = kind.distribution();
        Path said = this.folder.resolve("prepared");
        switch (kind) {
            case WILDFLY -> {
                Child.run(said, "cp", "-a", base.toString(), home().toString());
                replaceIn("standalone/configuration/standalone.xml", "scan-interval=\"5000\"", "scan-interval=\"500\"");
                environment.put("JBOSS_HOME", home().toString());
                environment.put(
                        "JAVA_OPTS",
                        HEAP + " -Djava.net.preferIPv4Stack=true -Djboss.http.port=" + http + " -Djboss.https.port="
                                + FreePort.ofAServer() + " -Djboss.management.http.port=" + FreePort.ofAServer());
            }
            case TOMCAT -> {
                Child.run(said, "cp", "-a", base.toString(), home().toString());
                replaceIn("conf/server.xml", "port=\"8080\"", "address=\"127.0.0.1\" port=\"" + http + "\"");
                replaceIn("conf/server.xml", "port=\"8005\"", "port=\"-1\"");
                replaceIn("conf/server.xml", "<Engine ", "<Engine backgroundProcessorDelay=\"1\" "); // looks for files
                environment.put("CATALINA_HOME", home().toString());
                environment.put("CATALINA_BASE", home().toString());
                environment.put("CATALINA_OPTS", HEAP);
            }
            case PAYARA_MICRO -> {}
        }
    }

    /** Where the server is installed: {@code JBOSS_HOME}, {@code CATALINA_BASE}. */
    public Path home() {
        return folder.resolve("home");
    }

    /** A variable of its environment. */
    public AppServer with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** More arguments for its command; Payara Micro only. */
    public AppServer withArguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Its whole environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Puts the WAR to the root, as docs/deploy.md says. */
    public AppServer deployAtRoot() {
        if (kind == Kind.TOMCAT) {
            Child.run(folder.resolve("prepared"), "rm", "-r", home() + "/webapps/ROOT");
        }
        return kind == Kind.PAYARA_MICRO ? this : deploy("ROOT.war");
    }

    /** Puts the WAR to where the server looks for it, before or after its start. */
    public AppServer deploy(String name) {
        try {
            Path part = folder.resolve(name); // and in one step, so that no half of it is deployed
            Files.copy(WarungProcess.WAR, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, deployed(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Whether it can undeploy and deploy while it runs. */
    public boolean redeploys() {
        return kind != Kind.PAYARA_MICRO;
    }

    /** Takes the WAR away from the root, and waits until nothing of it answers. */
    public void undeployFromRoot() {
        runs = false;
        try {
            Files.delete(deployed("ROOT.war"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        patiently().until(() -> Cluster.status(http("health/live")) == 404);
    }

    private Path deployed(String name) {
        return home().resolve(kind == Kind.TOMCAT ? "webapps" : "standalone/deployments")
                .resolve(name);
    }

    /** Starts it; does not wait. */
    public AppServer start() {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(
                switch (kind) {
                    case TOMCAT -> List.of("sh", home() + "/bin/catalina.sh", "run");
                    case WILDFLY -> List.of("sh", home() + "/bin/standalone.sh");
                    case PAYARA_MICRO -> payara();
                });
        process = Child.of(folder.resolve("server.log"), command.toArray(String[]::new));
        return this;
    }

    private List<String> payara() {
        List<String> command = new ArrayList<>(List.of(java("java")));
        command.addAll(List.of(HEAP.split(" ")));
        command.addAll(List.of("-jar", Kind.PAYARA_MICRO.distribution().toString(), "--noCluster"));
        command.addAll(List.of("--rootDir", home().toString(), "--port", Integer.toString(http)));
        command.addAll(List.of("--contextRoot", "/", "--deploy", WarungProcess.WAR.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Waits until the Warung below this path is ready. */
    public AppServer awaitReady(String path) {
        patiently()
                .alias(kind + " with a Warung that is ready: " + folder)
                .until(() -> Cluster.status(http(path + "health/ready")) == 200);
        runs = true;
        return this;
    }

    @Override
    public Node startAgain() {
        return start().awaitReady("");
    }

    @Override
    public URI chat() {
        return runs ? chat("") : null;
    }

    /** The address of the WebSocket of the Warung below this path. */
    public URI chat(String path) {
        return URI.create("ws://127.0.0.1:" + http + "/" + path + "chat");
    }

    @Override
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + http + "/").resolve(path);
    }

    /** The number of its JVM's process. */
    public long pid() {
        return process.pids().stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(its -> its.info().command())
                        .filter(program -> program.endsWith("/java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** What one of the JDK's diagnostic commands says about its JVM. */
    public String diagnosed(String... command) {
        List<String> whole = new ArrayList<>(List.of(java("jcmd"), Long.toString(pid())));
        whole.addAll(List.of(command));
        try {
            Process asked = new ProcessBuilder(whole).redirectErrorStream(true).start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String log() {
        return process.said();
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private void replaceIn(String file, String what, String by) {
        try {
            Path path = home().resolve(file);
            String text = Files.readString(path);
            assertThat(text).contains(what);
            Files.writeString(path, text.replace(what, by));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        runs = false;
        process.kill();
    }

    @Override
    public void stop() {
        runs = false;
        Child.send("TERM", List.of(pid()));
        process.exitCode();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
