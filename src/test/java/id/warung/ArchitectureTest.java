package id.warung;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import id.warung.session.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;

@AnalyzeClasses(packages = "id.warung", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule each_package_knows_only_what_is_below_it = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("id.warung..")
            .layer("pump")
            .definedBy("id.warung.pump")
            .layer("protocol")
            .definedBy("id.warung.protocol")
            .layer("log")
            .definedBy("id.warung.log")
            .layer("room")
            .definedBy("id.warung.room")
            .layer("identity")
            .definedBy("id.warung.identity")
            .layer("session")
            .definedBy("id.warung.session")
            .layer("endpoint")
            .definedBy("id.warung.endpoint")
            .layer("app")
            .definedBy("id.warung.app")
            .layer("launch")
            .definedBy("id.warung.launch..")
            .whereLayer("pump")
            .mayNotAccessAnyLayer()
            .whereLayer("protocol")
            .mayNotAccessAnyLayer()
            .whereLayer("log")
            .mayOnlyAccessLayers("protocol", "pump")
            .whereLayer("room")
            .mayOnlyAccessLayers("log", "protocol", "pump")
            .whereLayer("identity")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("session")
            .mayOnlyAccessLayers("room", "log", "identity", "protocol", "pump")
            .whereLayer("endpoint")
            .mayOnlyAccessLayers("session", "room", "log", "identity", "protocol")
            .whereLayer("app")
            .mayOnlyAccessLayers("endpoint", "session", "room", "log", "identity", "protocol", "pump")
            .whereLayer("launch")
            .mayNotAccessAnyLayer()
            .because("a feature is added at one place only while each package can be read without those above it");

    @ArchTest
    static final ArchRule only_the_endpoint_knows_websocket = noClasses()
            .that()
            .resideOutsideOfPackage("id.warung.endpoint")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..")
            .because("what a container does must not leak into what we do");

    @ArchTest
    static final ArchRule one_class_sends_through_the_container = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("id.warung.endpoint.ContainerTransport")
            .should()
            .callMethod(Session.class, "getAsyncRemote")
            .because("containers differ in what they do with a send, and one class knows how");

    @ArchTest
    static final ArchRule nobody_sends_blocking = noClasses()
            .should()
            .callMethod(Session.class, "getBasicRemote")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RemoteEndpoint.Basic.class)
            .because("a peer that does not read would hold the thread for half a minute");

    @ArchTest
    static final ArchRule only_the_sender_sends = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("id.warung.session.Sender")
            .should()
            .callMethod(Transport.class, "send", id.warung.room.Frame.class, Transport.Completion.class)
            .because("at most one send may be in flight");

    @ArchTest
    static final ArchRule names_say_what_a_class_is = classes()
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Utils?|Helper)")
            .because("such names say nothing");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("whoever waits is told when it is time");

    @ArchTest
    static final ArchRule only_the_launcher_talks_to_the_console = noClasses()
            .that(JavaClass.Predicates.resideOutsideOfPackage("id.warung.launch.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("in a server the log is the place");
}
