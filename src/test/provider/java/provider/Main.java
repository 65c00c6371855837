package provider;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Starts the provider on any port of this machine, and prints its issuer. It is Spring Authorization Server as it is, but that public
 * clients get refresh tokens ({@link PublicClients}), and that tests can say what they need ({@link Wishes}).
 */
@SpringBootApplication
public class Main {
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Main.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of(
                "server.port", "0", "server.address", "127.0.0.1", "server.shutdown", "immediate", "logging.level.root", "warn"));
        application.addListeners((ApplicationListener<ServletWebServerInitializedEvent>) started -> System.out.println(
                "http://localhost:" + started.getWebServer().getPort()));
        application.run(arguments);
    }
}
