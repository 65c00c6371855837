package id.warung;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.room.Frame;
import id.warung.session.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@AnalyzeClasses(packages = "id.warung", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule each_package_knows_only_what_is_below_it = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("id.warung..")
            .layer("pump")
            .definedBy("id.warung.pump")
            .layer("logging")
            .definedBy("id.warung.logging")
            .layer("protocol")
            .definedBy("id.warung.protocol")
            .layer("log")
            .definedBy("id.warung.log", "id.warung.log.command")
            .layer("log.sqlite")
            .definedBy("id.warung.log.sqlite")
            .layer("log.memory")
            .definedBy("id.warung.log.memory")
            .optionalLayer("log.postgres")
            .definedBy("id.warung.log.postgres")
            .optionalLayer("cluster")
            .definedBy("id.warung.cluster")
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
            .whereLayer("logging")
            .mayNotAccessAnyLayer()
            .whereLayer("protocol")
            .mayNotAccessAnyLayer()
            .whereLayer("log")
            .mayOnlyAccessLayers("protocol", "pump", "logging")
            .whereLayer("log.sqlite")
            .mayOnlyAccessLayers("log", "protocol", "pump", "logging")
            .whereLayer("log.memory")
            .mayOnlyAccessLayers("log", "protocol", "pump", "logging")
            .whereLayer("log.postgres")
            .mayOnlyAccessLayers("log", "protocol", "pump", "logging")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("room", "log", "protocol", "pump", "logging")
            .whereLayer("room")
            .mayOnlyAccessLayers("log", "protocol", "pump", "logging")
            .whereLayer("identity")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("session")
            .mayOnlyAccessLayers("room", "log", "identity", "protocol", "pump", "logging")
            .whereLayer("endpoint")
            .mayOnlyAccessLayers("session", "room", "log", "identity", "protocol", "pump", "logging")
            .whereLayer("app")
            .mayOnlyAccessLayers(
                    "endpoint",
                    "session",
                    "cluster",
                    "room",
                    "log",
                    "log.sqlite",
                    "log.postgres",
                    "log.memory",
                    "identity",
                    "protocol",
                    "pump")
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

    /** The executable WAR looks for annotations in this package only, and CDI in this and the application's. */
    @ArchTest
    static final ArchRule what_servers_look_for_is_in_one_package = noClasses()
            .that()
            .resideOutsideOfPackage("id.warung.endpoint")
            .should()
            .beMetaAnnotatedWith("jakarta.servlet.annotation.WebServlet")
            .orShould()
            .beMetaAnnotatedWith("jakarta.servlet.annotation.WebFilter")
            .orShould()
            .beMetaAnnotatedWith("jakarta.servlet.annotation.WebListener")
            .orShould()
            .beMetaAnnotatedWith("jakarta.websocket.server.ServerEndpoint");

    @ArchTest
    static final ArchRule beans_are_where_cdi_looks = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.endpoint", "id.warung.app")
            .should()
            .beMetaAnnotatedWith("jakarta.enterprise.context.NormalScope")
            .orShould()
            .beMetaAnnotatedWith("jakarta.enterprise.context.Dependent");

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
            .because("a peer that does not read would block the thread for half a minute");

    @ArchTest
    static final ArchRule only_the_sender_sends = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("id.warung.session.Sender")
            .should()
            .callMethod(Transport.class, "send", Frame.class, Transport.Completion.class)
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
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(LockSupport.class)
            .because("waiting code is woken when there is work");

    @ArchTest
    static final ArchRule only_the_launcher_talks_to_the_console = noClasses()
            .that(JavaClass.Predicates.resideOutsideOfPackage("id.warung.launch.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("a server has a log for that");

    @ArchTest
    static final ArchRule the_pump_is_the_one_primitive = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.app", "id.warung.launch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(BlockingQueue.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ConcurrentLinkedQueue.class)
            .because("a second kind of lock or queue is where the next lost wake hides");

    @ArchTest
    static final ArchRule threads_are_made_at_one_place = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.app", "id.warung.launch..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .because("code that needs a thread is given an executor, and tests give their own");

    @ArchTest
    static final ArchRule one_class_names_the_storages = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.log.sqlite", "id.warung.log.postgres", "id.warung.log.memory")
            .and()
            .doNotHaveFullyQualifiedName("id.warung.app.Storages")
            .and()
            .doNotHaveFullyQualifiedName("id.warung.app.SharedDatabase") // which opens it when it is there
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("id.warung.log.sqlite", "id.warung.log.postgres", "id.warung.log.memory")
            .because("another storage is added at one place");

    @ArchTest
    static final ArchRule only_its_storage_knows_a_database = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.log.sqlite", "id.warung.log.postgres")
            .and()
            .haveNameNotMatching("id\\.warung\\.log\\.Scripts(\\$.*)?") // which both make their tables from
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..", "org.postgresql..", "com.zaxxer..")
            .because("only the storage knows how entries are stored");

    @ArchTest
    static final ArchRule only_the_committer_appends = noClasses()
            .that()
            .areNotAssignableTo(MessageLog.class)
            .and()
            .areNotAssignableTo(Committer.class)
            .should()
            .callMethod(MessageLog.class, "append", List.class)
            .because("one thread writes, and no post bypasses the limits");

    @ArchTest
    static final ArchRule hashes_are_made_at_one_place = noClasses()
            .that()
            .resideOutsideOfPackage("id.warung.launch..")
            .and()
            .doNotHaveFullyQualifiedName("id.warung.protocol.Sha256")
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class)
            .because("stored hashes must stay valid");

    @ArchTest
    static final ArchRule json_is_read_and_written_at_the_wire = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.protocol", "id.warung.endpoint")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.json..")
            .because("an entry is encoded once in its life");

    @ArchTest
    static final ArchRule the_core_knows_no_platform = noClasses()
            .that()
            .resideOutsideOfPackages("id.warung.endpoint", "id.warung.app", "id.warung.launch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "jakarta.enterprise..", "jakarta.inject..")
            .because("it runs in a test as it does in a server");

    @ArchTest
    static final ArchRule only_the_launcher_knows_its_server = noClasses()
            .that()
            .resideOutsideOfPackage("id.warung.launch.tomcat")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.catalina..", "org.apache.tomcat..", "org.apache.coyote..")
            .because("the WAR is the same on every server");
}
