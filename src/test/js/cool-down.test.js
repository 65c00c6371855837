import { ChatError, Http } from '../../main/webapp/js/net/http.js';
import { fakeTable, microtasks } from './fake-table.js';
import { always, same, test } from './harness.js';

/** What the server's log says, in the order of its entries. */
const texts = (server, name = 'lobby') => server.room(name).entries.map(({ type, text }) => text ?? type);

/** A token bucket as the server's: some at once, then one each `everyMs`. */
function bucket(clock, { burst, everyMs }) {
    let tokens = burst;
    const { now } = clock.env;
    let at = now();
    return () => {
        tokens = Math.min(burst, tokens + (now() - at) / everyMs);
        at = now();
        if (tokens < 1) return { code: 'rate-limited', ms: Math.ceil((1 - tokens) * everyMs) };
        tokens--;
        return null;
    };
}

test('what comes too fast is sent later, in order, once, however slow the line is', () =>
    always(60, (random) => {
        const { server, clock, client, connect } = fakeTable({ rooms: ['lobby', 'kitchen'] });
        connect();
        server.limited = bucket(clock, { burst: 1 + random.below(4), everyMs: 50 + random.below(400) });
        const said = { lobby: [], kitchen: [] };
        const step = () => {
            const { line } = server;
            if (!line) return;
            if (random.chance(0.5)) server.take(line);
            if (random.chance(0.5)) server.give(line, 1 + random.below(3));
        };
        for (let i = 0; i < 20; i++) {
            const room = random.chance(0.8) ? 'lobby' : 'kitchen';
            said[room].push(`${i}`);
            client.post(room, `${i}`);
            for (let k = random.below(6); k > 0; k--) step();
            clock.pass(random.below(120));
            if (random.chance(0.05)) server.cut(server.line);
            if (client.status.phase === 'waiting') clock.pass(clock.nextInMs);
            if (client.status.phase === 'connecting' && server.line.toClient.length === 0) server.accept(server.line);
        }
        for (let i = 0; i < 400 && client.outbox.rooms.length > 0; i++) {
            if (client.status.phase === 'connecting') server.accept(server.line);
            server.settle();
            clock.pass(50);
        }
        same([texts(server), texts(server, 'kitchen')], [said.lobby, said.kitchen]);
    }));

test('edits and deletes wait in the same order as posts', () => {
    const { server, clock, client, connect } = fakeTable({ undoMs: 0 });
    connect();
    client.post('lobby', 'a');
    client.post('lobby', 'b');
    server.settle();
    server.limited = () => ({ code: 'rate-limited', ms: 300 });
    client.edit('lobby', 1, 'a!');
    client.remove('lobby', 2);
    clock.pass(0);
    client.post('lobby', 'c');
    server.settle();
    same(texts(server), ['a', 'b']);
    server.limited = () => null;
    clock.pass(300);
    server.settle();
    same(texts(server), ['a', 'erased', 'a!', 'deleted', 'c']);
});

test('the status says until when, and no longer than that', () => {
    const { server, clock, client, connect } = fakeTable();
    const held = [];
    connect();
    client.on('status', (status) => held.push(status.held));
    server.limited = () => ({ code: 'rate-limited', ms: 2_000 });
    client.post('lobby', 'a');
    server.settle();
    same(client.status, { phase: 'live', held: 'rate-limited', retryAt: clock.env.now() + 2_000 });
    server.limited = () => null;
    clock.pass(1_999);
    same([client.status.held, texts(server)], ['rate-limited', []]);
    clock.pass(1);
    same(client.status, { phase: 'live', held: null });
    server.settle();
    same([texts(server), held], [['a'], ['rate-limited', null]]);
});

test('slow mode holds its room, and no other', () => {
    const { server, clock, client, connect } = fakeTable({ rooms: ['lobby', 'kitchen'] });
    client.join('kitchen');
    connect();
    server.limited = ({ room }) => (room === 'lobby' ? { code: 'slow-mode', ms: 5_000 } : null);
    client.post('lobby', 'slow');
    client.post('kitchen', 'quick');
    server.settle();
    same([texts(server), texts(server, 'kitchen')], [[], ['quick']]);
    same(client.status, { phase: 'live', held: 'slow-mode', retryAt: clock.env.now() + 5_000, room: 'lobby' });
    server.limited = () => null;
    clock.pass(5_000);
    server.settle();
    same([texts(server), client.status.held], [['slow'], null]);
});

test('those who may not write are told, and nothing is sent again', () => {
    for (const code of ['muted', 'banned', 'read-only']) {
        const { server, clock, client, connect } = fakeTable();
        connect();
        server.limited = () => ({ code, ms: 1_000 });
        const item = client.post('lobby', 'a');
        server.settle();
        same([item.state, item.error], ['failed', code]);
        server.received = [];
        clock.pass(5_000);
        server.settle();
        same(server.received.filter(({ type }) => type === 'post').length, 0);
    }
});

/** What a server answers that finds requests too frequent, and then what it was asked for. */
function hurried(answers, clock = { waits: [] }) {
    const asked = [];
    const fetch = async (url, { method }) => {
        asked.push(`${method} ${url.pathname}`);
        const [status, body, seconds] = answers.shift();
        const headers = new Headers(seconds ? { 'Retry-After': seconds } : {});
        return { ok: status < 400, status, headers, json: async () => body };
    };
    const setTimeout = (run, ms) => {
        clock.waits.push(ms);
        queueMicrotask(run);
    };
    const http = new Http({ url: 'wss://warung.test/kedai/chat', env: { fetch, setTimeout }, token: () => 't' });
    return { http, asked, waits: clock.waits };
}

test('a request that comes too soon is repeated when the server says so', async () => {
    const { http, asked, waits } = hurried([
        [429, { error: 'rate-limited', retryAfterMs: 700 }, '1'],
        [429, { error: 'rate-limited' }, '2'],
        [200, { rooms: [] }],
    ]);
    same(await http.get('rooms', {}), { rooms: [] });
    same([asked, waits], [Array(3).fill('GET /kedai/api/rooms'), [700, 2_000]]);
});

test('a request is not repeated for ever, nor after minutes: then it says when', async () => {
    for (const [answers, waits, ms] of [
        [Array(4).fill([429, { error: 'rate-limited', retryAfterMs: 100 }]), [100, 100, 100], 100],
        [[[429, { error: 'rate-limited' }, '360']], [], 360_000],
        [[[429, { error: 'rate-limited' }]], [], null],
        [[[403, { error: 'muted', retryAfterMs: 50 }]], [], 50],
    ]) {
        const attempt = hurried(answers);
        const fault = await attempt.http.get('rooms', {}).catch((error) => error);
        same([fault instanceof ChatError, fault.retryAfterMs, attempt.waits], [true, ms, waits]);
    }
});

test('a room that cannot be made now keeps its promise to say when', async () => {
    const { server, client, connect } = fakeTable();
    connect();
    server.limited = () => ({ code: 'rate-limited', ms: 360_000 });
    const made = client.create('kitchen').catch(({ code, retryAfterMs }) => [code, retryAfterMs]);
    server.settle();
    await microtasks();
    same(await made, ['rate-limited', 360_000]);
});

test('a room that may not be read just now is joined later', () => {
    const { server, clock, client, room, connect } = fakeTable();
    connect();
    server.cut(server.line);
    clock.pass(clock.nextInMs);
    const error = { type: 'error', code: 'rate-limited', command: 'join', room: 'lobby', retryAfterMs: 400 };
    server.accept(server.line);
    server.give(server.line);
    server.line.toServer = server.line.toServer.filter((frame) => !frame.includes('"lobby"'));
    server.settle();
    server.line.toClient.push(error);
    server.settle();
    same(room.joined, false);
    clock.pass(400);
    server.settle();
    same(room.joined, true, client.status.phase);
});
