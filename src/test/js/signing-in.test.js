import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable, microtasks } from './fake-table.js';
import { same, test } from './harness.js';

const CITRA = { id: 's-citra', name: 'Citra' };

/** Citra, who is signed in by a token. */
function signedIn(options = {}) {
    const table = fakeTable({ name: null, identity: new MemoryIdentity(null, 't-s-citra'), ...options });
    table.server.users.set(CITRA.id, CITRA);
    table.server.users.set('s-dewi', { id: 's-dewi', name: 'Citra' });
    return table;
}

test('a token is enough to come in, and the name is that of the directory', () => {
    const { server, client, connect } = signedIn();
    connect();
    same(server.received[0], { type: 'hello', token: 't-s-citra' });
    same([client.user, client.grant], [CITRA, { roles: ['member'], expiresAt: server.expiresAt }]);
});

test('with a new token, nothing is sent before it is known whose it is', () => {
    for (const [id, sent] of [
        [null, ['hello']],
        [CITRA.id, ['hello', 'join', 'post']],
    ]) {
        const identity = new MemoryIdentity(null, 't-s-citra');
        identity.save({ id });
        const { server, client } = signedIn({ identity });
        client.post('lobby', 'written before');
        client.start();
        server.accept(server.line);
        server.give(server.line);
        same(
            server.line.toServer.map((frame) => JSON.parse(frame).type),
            sent,
        );
    }
});

test('a sign-in is renewed without a break: nothing is joined or sent again', async () => {
    const { server, client, room, connect } = signedIn();
    const identity = new MemoryIdentity(null, 't-s-citra');
    const grants = [];
    connect();
    client.on('signed-in', (grant) => grants.push(grant));
    client.post('lobby', 'before');
    server.settle();
    server.received = [];
    server.expiresAt = '2026-11-30T13:00:00Z';
    const renewed = client.useToken('t-s-citra.2');
    server.settle();
    await renewed;
    same(server.received.map(({ type, token }) => [type, token]), [['hello', 't-s-citra.2']]);
    same([grants, room.joined], [[{ roles: ['member'], expiresAt: '2026-11-30T13:00:00Z' }], true]);
    server.cut(server.line);
    server.received = [];
    client.connection.open();
    server.accept(server.line);
    server.settle();
    same(server.received[0].token, 't-s-citra.2', 'the next hello has the new one');
    same(identity.load().token, 't-s-citra');
});

test('after a fail-over, a hello may be unavailable: it is said again, and what was sent behind it as well, once', () => {
    for (const away of [1, 2, 5]) {
        for (const [token, id] of [
            ['t-s-citra', CITRA.id],
            ['t-s-citra', null],
            ['t-u-7', 'u-7'],
            [null, null],
        ]) {
            const identity = new MemoryIdentity('Citra', token);
            identity.save({ id });
            const { server, clock, client, room, connect } = signedIn({ identity });
            server.users.set('u-7', { id: 'u-7', name: 'Citra' });
            const notices = [];
            client.on('notice', (notice) => notices.push(notice));
            let left = away;
            server.unavailable = ({ type }) => type === 'hello' && left-- > 0;
            ['one', 'two', 'three'].forEach((text) => client.post('lobby', text));
            connect();
            for (let i = 0; i < away; i++) {
                same(client.status.phase, 'connecting');
                same(client.outbox.of('lobby').length, 3, 'they are kept');
                clock.pass(1_000);
                server.settle();
            }
            const about = `${away} times, ${token} of ${id}`;
            same([client.status.phase, server.sockets.length], ['live', 1], about);
            same(
                room.timeline.entries.map(({ text }) => text),
                ['one', 'two', 'three'],
                about,
            );
            same([client.outbox.rooms, notices], [[], []], about);
            same(server.received.filter(({ type }) => type === 'hello').length, away + 1, about);
        }
    }
});

test('a hello that waits for its time is not said over another connection', () => {
    const { server, clock, client, connect, line } = signedIn();
    server.unavailable = () => true;
    connect();
    server.unavailable = () => false;
    server.cut(line());
    client.connection.open();
    server.accept(server.line);
    server.settle();
    clock.pass(5_000);
    server.settle();
    same(client.status.phase, 'live');
    same(server.received.filter(({ type }) => type === 'hello').length, 2);
});

test('the token of somebody else is not taken over', async () => {
    const { server, client, connect } = signedIn();
    connect();
    const refused = client.useToken('t-s-dewi').catch(({ code }) => code);
    server.settle();
    same(await refused, 'already-signed-in');
    same([client.user.id, client.status.phase], [CITRA.id, 'live']);
});

test('a sign-in that has ended keeps what was written, and goes on with it after the next', async () => {
    const { server, client, room, connect, line } = signedIn();
    connect();
    client.post('lobby', 'one');
    server.settle();
    client.post('lobby', 'two');
    line().toServer = [];
    line().toClient.push({ type: 'bye', code: 4501, reason: 'token-expired' });
    server.give(line());
    client.post('lobby', 'three');
    same([client.status.phase, client.status.code], ['stopped', 4501]);
    same(server.sockets.length, 0, 'it does not come back by itself');
    await client.useToken('t-s-citra.2');
    server.accept(server.line);
    server.settle();
    same(room.timeline.entries.map(({ text }) => text), ['one', 'two', 'three']);
    same(client.outbox.rooms, []);
});

test('a guest whose token is no longer good is a new guest; everybody else has to sign in again', () => {
    for (const [token, id, code, phase] of [
        ['t-u-7', 'u-7', null, 'live'],
        ['t-s-citra', CITRA.id, 4501, 'stopped'],
        ['t-s-citra', null, 4501, 'stopped'],
    ]) {
        const identity = new MemoryIdentity('Citra', token);
        identity.save({ id });
        const { server, client, connect } = signedIn({ identity });
        server.knows = () => false;
        connect();
        same([client.status.phase, client.status.code ?? null], [phase, code], `${token} of ${id}`);
        same(server.received.filter(({ type }) => type === 'hello').length, phase === 'live' ? 2 : 1);
    }
});

test('where there are no guests, a name does not lead in, and is not tried again and again', () => {
    for (const token of [null, 't-u-7']) {
        const identity = new MemoryIdentity('Ana', token);
        identity.save({ id: token && 'u-7' });
        const { server, client, connect } = fakeTable({ identity });
        server.guests = false;
        server.knows = () => false;
        connect();
        same([client.status.phase, client.status.code], ['stopped', 401]);
        same(server.received.filter(({ type }) => type === 'hello').length, token ? 2 : 1);
    }
});

test('signing out resolves when the server has done it, and is refused without a connection', async () => {
    for (const [options, everywhere] of [
        [null, false],
        [{ everywhere: true }, true],
    ]) {
        const { server, client, connect } = signedIn();
        const fault = await client.signOut(options).catch(({ code }) => code);
        same(fault, 'offline');
        connect();
        const done = client.signOut(options);
        server.settle();
        await done;
        same([server.signedOut, client.status], [[everywhere], { phase: 'stopped', code: 4500 }]);
    }
});

test('no close code of the end makes the client come back by itself', () => {
    for (let code = 4500; code <= 4510; code++) {
        for (const bye of [true, false]) {
            const { server, clock, client, connect } = signedIn();
            connect();
            server.line.toClient.push({ type: 'bye', code, reason: 'x' });
            if (bye) server.settle();
            else server.cut(server.line, code);
            clock.pass(120_000);
            same([client.status, server.sockets.length], [{ phase: 'stopped', code }, 0]);
        }
    }
});

test('what another user has read and received is not taken over', () => {
    const identity = new MemoryIdentity('Ana', 't-s-citra');
    identity.save({ id: 's-ana', inbox: { room: 'inbox.s-ana', epoch: 'e-1', after: 3 }, reads: { lobby: { seq: 1 } } });
    const { connect } = signedIn({ identity });
    connect();
    same([identity.load().id, identity.load().reads, identity.load().inbox?.room], [CITRA.id, null, 'inbox.s-citra']);
});

test('the list of sign-ins is asked for, and one of them ended, with the token', async () => {
    const { server, client, connect } = signedIn();
    connect();
    const asked = () => server.http.waiting.map(({ method, url, headers }) => [method, url.pathname, headers]);
    client.sessions().catch(() => {});
    client.endSession('abc').catch(() => {});
    await microtasks();
    const authorized = { Authorization: 'Bearer t-s-citra' };
    same(asked().slice(-2), [
        ['GET', '/api/sessions', authorized],
        ['DELETE', '/api/sessions/abc', authorized],
    ]);
});

test('a refused token is not kept, and who was signed in by it does not come in as a guest', async () => {
    for (const reload of [false, true]) {
        const identity = new MemoryIdentity(null, 't-s-citra');
        identity.save(CITRA);
        const { server, client, connect } = signedIn({ identity });
        server.knows = (token) => token !== 't-s-citra';
        connect();
        const { id, name, was, token } = identity.load();
        same([id, name, was, token], ['s-citra', null, 'Citra', null], 'they may still come back');
        const page = reload ? signedIn({ identity, server }).client : client;
        same([page.start(), server.sockets.length], [false, 0]);
        same(server.received.filter(({ type }) => type === 'hello').length, 1);
    }
});

test('who has left has left: nothing of theirs is kept by what comes in the same frame, or later', () => {
    const identity = new MemoryIdentity(null, 't-s-citra');
    const { server, client, room, connect, line } = signedIn({ identity });
    connect();
    server.say('kopi?');
    server.settle();
    const nobody = { name: null, token: null, id: null, inbox: null, reads: null };
    client.on('status', ({ phase }) => phase === 'stopped' && identity.save(nobody));
    server.append('inbox.s-citra', 'mentioned', CITRA, null, { in: 'lobby', message: 1 });
    line().toClient.push({ type: 'bye', code: 4500, reason: 'signed-out' });
    server.give(line());
    client.read('lobby', room.timeline.live.to);
    same(identity.load(), nobody);
});
