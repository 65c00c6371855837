import { reasonOf } from '../../main/webapp/js/model/reconnect.js';
import { Connection } from '../../main/webapp/js/net/connection.js';
import { FakeServer } from './fake-server.js';
import { holds, same, test } from './harness.js';
import { ManualClock } from './manual-clock.js';

function line(online = true) {
    const server = new FakeServer();
    const clock = new ManualClock();
    const connection = new Connection('ws://warung.test/chat', {
        ...clock.env,
        WebSocket: server.WebSocket,
        random: () => 0.5,
        isOnline: () => online,
    });
    const phases = [];
    connection.on('status', ({ phase }) => phases.push(phase));
    const open = () => {
        connection.open();
        server.accept(server.line);
        server.give(server.line);
    };
    return { server, clock, connection, phases, open };
}

test('it is open when the server says welcome, not before', () => {
    const { server, connection, phases } = line();
    connection.open();
    same(connection.send({ type: 'pong', n: 1 }), false);
    server.accept(server.line);
    server.give(server.line);
    same(phases, ['connecting', 'open']);
});

/** A line of a page, and the answers that its questions about failed handshakes wait for. */
function pageLine() {
    const server = new FakeServer();
    const clock = new ManualClock();
    const asked = [];
    const connection = new Connection('wss://warung.test/here/chat?room=x', {
        ...clock.env,
        WebSocket: server.WebSocket,
        random: () => 0,
        isOnline: () => true,
        origin: 'https://warung.test:8443',
        fetch: (url) => new Promise((resolve, reject) => asked.push({ url: url.href, resolve, reject })),
    });
    const fail = (code = 1006) => server.line.onclose({ code });
    const answer = async (body) => {
        asked.at(-1).resolve({ json: async () => body });
        await new Promise((done) => setTimeout(done));
    };
    return { server, clock, asked, connection, fail, answer };
}

test('a page whose handshakes are refused asks why, and says so until it is in', async () => {
    const { server, clock, asked, connection, fail, answer } = pageLine();
    connection.open();
    fail();
    same([connection.status.code, asked.length], [1006, 1]);
    same(asked[0].url, 'https://warung.test/here/chat?origin=https%3A%2F%2Fwarung.test%3A8443');
    await answer({ allowed: false, origin: 'https://warung.test:8443', host: 'warung.test' });
    same([connection.status.phase, connection.status.code, reasonOf(connection.status.code)], ['waiting', 403, 'origin']);
    clock.pass(500);
    same([connection.status.phase, connection.status.code], ['connecting', 403]);
    fail();
    same([connection.status.phase, connection.status.code], ['waiting', 403]);
    clock.pass(500);
    server.accept(server.line);
    server.give(server.line);
    same([connection.status.phase, connection.status.code ?? null], ['open', null]);
});

test('it asks after 1, 2, 4 and 8 failed handshakes, never about a lost connection or a close code', async () => {
    const { server, clock, asked, connection, fail } = pageLine();
    connection.open();
    const counts = [];
    for (let n = 1; n <= 12; n++) {
        fail();
        counts.push(asked.length);
        clock.pass(500);
    }
    same(counts, [1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
    server.accept(server.line);
    server.give(server.line);
    clock.pass(10_001);
    fail();
    clock.pass(500);
    fail(4005);
    same(asked.length, 4);
});

test('an answer that allows, comes late or cannot be had changes nothing', async () => {
    const { clock, asked, connection, fail, answer } = pageLine();
    connection.open();
    fail();
    await answer({ allowed: true });
    same(connection.status.code, 1006);
    clock.pass(500);
    fail();
    clock.pass(500);
    await answer({ allowed: false });
    same([connection.status.phase, connection.status.code], ['connecting', 1006]);
    fail();
    clock.pass(500);
    fail();
    asked.at(-1).reject(new TypeError('Failed to fetch'));
    await new Promise((done) => setTimeout(done));
    same([connection.status.phase, connection.status.code], ['waiting', 1006]);
});

test('a program that is no page asks nothing', () => {
    const { connection, server } = line();
    connection.env.fetch = () => holds(false, 'asked');
    connection.open();
    server.line.onclose({ code: 1006 });
    same(connection.status.code, 1006);
});

test('a ping is answered at once', () => {
    const { server, open } = line();
    open();
    server.line.toClient.push({ type: 'ping', n: 7 });
    server.give(server.line);
    same(server.line.toServer, ['{"type":"pong","n":7}']);
});

test('text frames are read as well as binary ones', () => {
    const { server, connection, open } = line();
    const heard = [];
    connection.on('event', (event) => heard.push(event.type));
    open();
    server.line.onmessage({ data: '[{"type":"left","room":"lobby"}]' });
    same(heard, ['left']);
});

test('a line on which nothing comes for the heartbeat and ten seconds is dead', () => {
    const { server, clock, connection, open } = line();
    open();
    clock.pass(34_999);
    same(connection.status.phase, 'open');
    clock.pass(1);
    same([connection.status.phase, server.sockets.length], ['waiting', 0]);
});

test('anything that comes keeps the line alive', () => {
    const { server, clock, connection, open } = line();
    open();
    for (let i = 0; i < 5; i++) {
        clock.pass(30_000);
        server.line.toClient.push({ type: 'ping', n: i });
        server.give(server.line);
    }
    same(connection.status.phase, 'open');
});

test('a connection that does not come about in ten seconds is given up', () => {
    const { clock, connection } = line();
    connection.open();
    clock.pass(10_000);
    same(connection.status.phase, 'waiting');
});

test('it waits longer after each failure, and never more than 20 seconds', () => {
    const { server, clock, connection } = line();
    const waits = [];
    connection.open();
    for (let i = 0; i < 9; i++) {
        server.cut(server.line);
        waits.push(clock.nextInMs);
        clock.pass(clock.nextInMs);
    }
    same(waits, [1250, 2250, 4250, 8250, 10250, 10250, 10250, 10250, 10250]);
});

test('after a good while it begins with short waits again', () => {
    const { server, clock, open } = line();
    open();
    clock.pass(20_000);
    server.cut(server.line);
    same(clock.nextInMs, 750);
});

test('only codes that say so keep it away', () => {
    for (const [code, phase] of [
        [1000, 'waiting'],
        [1001, 'waiting'],
        [1006, 'waiting'],
        [1013, 'waiting'],
        [4000, 'waiting'],
        [4499, 'waiting'],
        [1003, 'stopped'],
        [1007, 'stopped'],
        [1008, 'stopped'],
        [1009, 'stopped'],
        [4500, 'stopped'],
        [4999, 'stopped'],
    ]) {
        const { server, connection, open } = line();
        open();
        server.cut(server.line, code);
        same(connection.status.phase, phase, `code ${code}`);
    }
});

test('a stopped connection comes back when the user says so', () => {
    const { server, clock, connection, open } = line();
    open();
    server.cut(server.line, 4500);
    same(clock.timers, 0);
    connection.probe();
    same(server.sockets.length, 0);
    connection.open();
    same(server.sockets.length, 1);
});

test('a goodbye is taken at its word, and at its time', () => {
    const { server, clock, connection, open } = line();
    open();
    server.line.toClient.push({
        type: 'bye',
        code: 4000,
        reason: 'The server is restarting.',
        reconnectAfterMs: 3_000,
    });
    server.give(server.line);
    same([connection.status.phase, connection.status.code, server.sockets.length], ['waiting', 4000, 0]);
    same(clock.nextInMs >= 3_000, true);
    clock.pass(clock.nextInMs);
    server.cut(server.line);
    same(connection.status.code, 4000, 'the reason stays while nobody answers');
});

test('the user does not wait: one socket, one timer, whatever they click', () => {
    const { server, clock, connection, open } = line();
    open();
    server.cut(server.line);
    for (let i = 0; i < 5; i++) connection.open();
    same([server.sockets.length, clock.timers, connection.status.phase], [1, 1, 'connecting']);
});

test('when the network goes the line goes', () => {
    const { server, connection, open } = line(false);
    open();
    connection.offline();
    same([connection.status.phase, connection.status.offline, server.sockets.length], ['waiting', true, 0]);
});

test('when it comes back it connects at once', () => {
    const { server, connection, open } = line();
    open();
    server.cut(server.line);
    connection.probe();
    same(connection.status.phase, 'connecting');
});

test('a probe that nothing answers in five seconds ends the line', () => {
    const { server, clock, connection, open } = line();
    open();
    connection.probe({ type: 'join', room: 'lobby' });
    clock.pass(4_000);
    server.line.toClient.push({ type: 'joined', room: 'lobby', epoch: 'e-1', head: 0 });
    server.give(server.line);
    clock.pass(4_000);
    same(connection.status.phase, 'open');
    connection.probe({ type: 'join', room: 'lobby' });
    clock.pass(5_000);
    same(connection.status.phase, 'waiting');
});

test('an invalid frame ends the connection, not the page', () => {
    const { server, connection, open } = line();
    open();
    server.line.onmessage({ data: '{"type":"left"}' });
    same(connection.status.phase, 'waiting');
});

test('a socket that was given up is not listened to', () => {
    const { server, connection, open } = line();
    open();
    const old = server.line;
    connection.reopen();
    old.onclose?.({ code: 4500 });
    old.onmessage?.({ data: 'what is no frame' });
    same([connection.status.phase, server.sockets.length], ['connecting', 1]);
});
