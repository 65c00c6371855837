package id.warung.session;

import static id.warung.session.SessionNode.MAX_FROM_ONE_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.kit.Logged;
import id.warung.session.ScriptedTransport.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One address may have a limited number of sessions, however they end. */
class ConnectionLimiterTest {
    private static final ClientAddress OFFICE = new ClientAddress("192.0.2.1", "192.0.2.1");
    private static final ClientAddress HOME = new ClientAddress("192.0.2.2", "192.0.2.2");

    private final SessionNode node = new SessionNode();

    private Client connect(ClientAddress address) {
        Client client = new Client(node, ChatSession.Mode.TEXT, "lobby", address);
        node.settle();
        return client;
    }

    private List<Client> fill(ClientAddress address) {
        List<Client> clients = new ArrayList<>();
        for (int n = 0; n < MAX_FROM_ONE_ADDRESS; n++) {
            clients.add(connect(address));
        }
        return clients;
    }

    @AfterEach
    void nothingIsKeptOfWhoHasGone() {
        node.passMs(60_000);
        assertThat(node.registry.count()).isZero();
        assertThat(node.registry.addresses()).isZero();
    }

    @Test
    void oneTooManyIsToldWhyAndClosed() {
        fill(OFFICE);
        Client refused = connect(OFFICE);

        assertThat(refused.transport.closes()).containsExactly(4005);
        assertThat(refused.heard()).containsExactly("bye 4005");
        assertThat(node.registry.count()).isEqualTo(MAX_FROM_ONE_ADDRESS);
    }

    /** It may be a proxy that is not configured. */
    @Test
    void theAdministratorIsToldOnceWhichAddressIsFull() {
        try (Logged log = Logged.by(SessionRegistry.class)) {
            fill(OFFICE);
            connect(OFFICE);
            connect(OFFICE);

            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).startsWith("192.0.2.1 has").contains("warung.trusted-proxies");
        }
    }

    @Test
    void aPlainClientGetsACodeThatEveryLibraryKnows() {
        fill(OFFICE);
        Client refused = new Client(node, ChatSession.Mode.PLAIN, "lobby", OFFICE);
        node.settle();

        assertThat(refused.transport.closes()).containsExactly(1013);
    }

    @Test
    void anotherAddressIsAnotherMatter() {
        fill(OFFICE);
        assertThat(connect(HOME).heard()).containsExactly("welcome");
    }

    @Test
    void clientsThatAProxyDoesNotIdentifyAreNotCounted() {
        ClientAddress unsaid = new ClientAddress("127.0.0.1", null);
        fill(unsaid);
        assertThat(connect(unsaid).heard()).containsExactly("welcome");
    }

    /** Otherwise a server that reports no address would be a server without limits. */
    @Test
    void allWhoseAddressTheServerDoesNotSayAreCountedAsOne() {
        fill(ClientAddress.UNKNOWN);
        assertThat(connect(ClientAddress.UNKNOWN).heard()).containsExactly("bye 4005");
    }

    @Test
    void aSessionThatEndsSeveralTimesFreesOnePlace() {
        List<Client> clients = fill(OFFICE);
        Client gone = clients.get(0);
        gone.session.gone();
        gone.session.bye();
        gone.session.gone();
        node.settle();

        assertThat(connect(OFFICE).heard()).containsExactly("welcome");
        assertThat(connect(OFFICE).transport.closes()).containsExactly(4005);
    }

    @Test
    void aRefusedSessionFreesNoPlace() {
        fill(OFFICE);
        for (int n = 0; n < 3; n++) {
            Client refused = connect(OFFICE);
            refused.says("{\"type\":\"hello\",\"name\":\"Eve\"}");
            refused.session.gone();
            node.settle();
            assertThat(refused.heard()).containsExactly("bye 4005");
        }
        assertThat(connect(OFFICE).transport.closes()).containsExactly(4005);
        assertThat(node.nameGivenFor("Eve")).isEqualTo("Eve");
    }

    @Test
    void everyWayToEndGivesThePlaceBack() {
        fill(OFFICE);
        node.passMs(10_000); // nobody has signed in
        Client quiet = connect(OFFICE);
        quiet.hello("Ana");
        node.passMs(60_000); // nor answered a ping
        assertThat(quiet.transport.closes()).containsExactly(4001);

        Client broken = connect(OFFICE);
        broken.transport.behaves(Behaviour.THROWS_AN_ERROR);
        broken.hello("Ana");
        node.settle();
        assertThat(broken.transport.closes()).containsExactly(4002);

        fill(OFFICE).forEach(client -> assertThat(client.heard()).containsExactly("welcome"));
    }

    @Test
    void ofManyWhoComeAtOnceExactlySoManyAreLetIn() throws Exception {
        ConnectionLimiter addresses = new ConnectionLimiter(10);
        AtomicInteger let = new AtomicInteger();
        CyclicBarrier begin = new CyclicBarrier(8);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                for (int n = 0; n < 1_000; n++) {
                    if (addresses.enter(OFFICE)) {
                        let.incrementAndGet();
                        if (n % 2 == 0 && n < 990) {
                            addresses.leave(OFFICE);
                            let.decrementAndGet();
                        }
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(let.get()).isEqualTo(10);
        for (int n = 0; n < 10; n++) {
            addresses.leave(OFFICE);
        }
        assertThat(addresses.count()).isZero();
    }

    @Test
    void withoutALimitNothingIsCounted() {
        ConnectionLimiter any = new ConnectionLimiter(0);
        for (int n = 0; n < 100; n++) {
            assertThat(any.enter(OFFICE)).isTrue();
        }
        assertThat(any.count()).isZero();
    }
}
