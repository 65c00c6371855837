import { Outbox } from '../../main/webapp/js/model/outbox.js';
import { ChatClient } from '../../main/webapp/js/net/chat-client.js';
import { FakeServer, ManualClock } from './fake-server.js';
import { always, holds, same, test } from './harness.js';

function table(options = {}) {
    const server = new FakeServer();
    const clock = new ManualClock();
    const env = { ...clock.env, WebSocket: server.WebSocket, fetch: server.fetch, random: () => 0.5, isOnline: () => true };
    const client = new ChatClient({ url: 'ws://warung.test/chat', name: 'Ana', env, ...options });
    const room = client.join('lobby');
    const heard = [];
    client.on('message', ({ message, fresh }) => heard.push(`${message.text}${fresh ? ' (new)' : ''}`));
    const connect = () => {
        client.start();
        server.accept(server.line);
        server.settle();
    };
    return { server, clock, client, room, heard, connect };
}

/** Lets what waits for a promise go on. */
const microtasks = async () => {
    for (let i = 0; i < 8; i++) await null;
};

const texts = (room) => room.timeline.entries.map((entry) => entry.text);
const sentTypes = (socket) => socket.toServer.map((frame) => JSON.parse(frame).type);

test('says hello, joins, and reads what was said before', () => {
    const { server, client, room, heard, connect } = table();
    server.say('before');
    connect();
    server.say('after');
    server.settle();
    same(client.status, { phase: 'live', held: null });
    same(client.user, { id: 'u-1', name: 'Ana' });
    same(texts(room), ['before', 'after']);
    same(heard, ['before', 'after (new)']);
});

test('asks for the binary protocol', () => {
    const { server, client } = table();
    client.start();
    same([server.line.url, server.line.protocols], ['ws://warung.test/chat', ['warung.v1.bin']]);
});

test('who has no name does not connect', () => {
    const { server, client } = table({ name: null });
    same([client.start(), server.sockets.length], [false, 0]);
});

test('a post is pending until it is read back, and sent once', () => {
    const { server, client, room, connect } = table();
    connect();
    client.post('lobby', 'hi');
    same(client.outbox.of('lobby').map((item) => item.state), ['sent']);
    server.settle();
    same([texts(room), client.outbox.of('lobby')], [['hi'], []]);
});

test('ack first or message first: either way the post leaves the outbox once it is on the page', () => {
    for (const ackFirst of [true, false]) {
        const { server, client, room, connect } = table();
        connect();
        client.post('lobby', 'hi');
        server.take(server.line);
        if (ackFirst) server.line.toClient.reverse();
        server.give(server.line, 1);
        same(texts(room).length + client.outbox.of('lobby').length, 1, 'neither doubled nor gone in between');
        server.settle();
        same([texts(room), client.outbox.of('lobby')], [['hi'], []]);
    }
});

test('after an interruption it goes on from its position and sends again what has no ack, under the same id', () => {
    const { server, clock, client, room, connect } = table();
    server.say('one');
    connect();
    const item = client.post('lobby', 'mine');
    server.take(server.line);
    server.cut(server.line);
    same(client.outbox.of('lobby').map(({ id, state }) => [id, state]), [[item.id, 'waiting']]);
    server.say('missed');
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.give(server.line);
    same(server.line.toServer.map((frame) => JSON.parse(frame)), [
        { type: 'hello', token: 't-u-1' },
        { type: 'join', room: 'lobby', epoch: 'e-1', after: 1 },
        { type: 'post', room: 'lobby', id: item.id, text: 'mine' },
    ]);
    server.settle();
    same([texts(room), client.outbox.of('lobby')], [['one', 'mine', 'missed'], []]);
});

test('what is written without a connection goes out, in order, when there is one', () => {
    const { client, room, connect } = table();
    for (const text of ['a', 'b', 'c']) client.post('lobby', text);
    connect();
    same(texts(room), ['a', 'b', 'c']);
});

test('a busy server is asked again after the pause it named, and the order stays', () => {
    const { server, clock, client, room, connect } = table();
    connect();
    server.busy = () => true;
    client.post('lobby', 'first');
    server.settle();
    server.busy = () => false;
    client.post('lobby', 'second');
    same(server.line.toServer, [], 'nothing overtakes what has to wait');
    clock.pass(500);
    same(client.status, { phase: 'live', held: 'busy' });
    server.settle();
    same(texts(room), ['first', 'second']);
    same(client.status, { phase: 'live', held: null });
});

test('a refused post says why and can be tried again or given up', () => {
    const { server, client, connect } = table();
    connect();
    const item = client.post('lobby', 'x');
    server.line.toServer = [];
    server.line.toClient.push({ type: 'error', code: 'bad-text', message: 'No.', id: item.id });
    server.settle();
    same(client.outbox.of('lobby').map(({ state, error }) => [state, error]), [['failed', 'bad-text']]);
    client.retry(item);
    same(sentTypes(server.line), ['post']);
    client.discard(item);
    same(client.outbox.of('lobby'), []);
});

test('a token nobody knows makes a new guest of the same name, and what was sent before is left to the user', () => {
    const { server, clock, client, connect } = table();
    connect();
    client.post('lobby', 'did it arrive?');
    server.cut(server.line);
    server.knows = () => false;
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.settle();
    same(client.user, { id: 'u-2', name: 'Ana' });
    same(client.outbox.of('lobby').map(({ state, error }) => [state, error]), [['failed', 'other-user']]);
});

test('a rename connects anew with token and name', () => {
    const { server, client, connect } = table();
    connect();
    client.rename('Ana Maria');
    same(server.sockets.length, 1, 'one socket');
    server.accept(server.line);
    server.settle();
    same(client.user, { id: 'u-1', name: 'Ana Maria' });
});

test('a restarted server with another log resets the room', () => {
    const { server, clock, client, room, connect } = table();
    server.say('old');
    connect();
    server.restart();
    server.say('new');
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.settle();
    same([texts(room), room.timeline.epoch, client.status.phase], [['new'], 'e-2', 'live']);
});

test('history comes in pages before what we have, down to the first entry', async () => {
    const { server, client, room, connect } = table();
    for (let i = 1; i <= 180; i++) server.say(`${i}`);
    connect();
    same([room.timeline.first, room.timeline.complete], [131, false]);
    const page = client.earlier('lobby');
    same([room.reading, server.fetches[0].url.href], [true, 'http://warung.test/api/rooms/lobby/messages?before=131&limit=100']);
    client.earlier('lobby');
    same(server.fetches.length, 1, 'one at a time');
    server.answerFetch();
    await page;
    same([room.timeline.first, room.timeline.complete, room.reading], [31, false, false]);
    const last = client.earlier('lobby');
    server.answerFetch();
    await last;
    same([room.timeline.complete, texts(room).length], [true, 180]);
    same(room.timeline.position, { epoch: 'e-1', after: 180 });
});

test('a page that cannot be read is said to have failed, one of another log is not used', async () => {
    const { server, client, room, connect } = table();
    for (let i = 1; i <= 80; i++) server.say(`${i}`);
    connect();
    const failed = client.earlier('lobby');
    server.answerFetch(true);
    await failed;
    same([room.readingFailed, room.timeline.first], [true, 31]);
    const late = client.earlier('lobby');
    server.restart();
    server.answerFetch();
    await late;
    same([room.readingFailed, room.timeline.first, texts(room).length], [false, 31, 50]);
});

test('a gap can be filled from history', async () => {
    const { server, clock, client, room, connect } = table();
    server.say('1');
    connect();
    server.cut(server.line);
    for (let i = 2; i <= 30; i++) server.say(`${i}`);
    server.most = 5;
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.settle();
    same(room.timeline.gapsBetween(1, 30), [{ from: 2, to: 25 }]);
    const filled = client.fill('lobby', { from: 2, to: 25 });
    server.answerFetch();
    await filled;
    same([room.timeline.gapsBetween(1, 30), texts(room).length], [[], 30]);
});

test('missing entries are asked for once', () => {
    const { server, room, connect } = table();
    server.say('1');
    connect();
    server.say('2');
    server.line.toClient = [];
    server.say('3');
    server.give(server.line);
    same(sentTypes(server.line), ['join']);
    server.settle();
    same(texts(room), ['1', '2', '3']);
});

test('whatever breaks in whatever order, nothing is lost, doubled or out of order', () =>
    always(400, async (random) => {
        const stored = new Map();
        const store = { add: (item) => stored.set(item.id, item), update: (item) => stored.set(item.id, item), remove: (id) => stored.delete(id) };
        const { server, clock, client, room, connect } = table({ outbox: new Outbox(store) });
        const seen = new Set();
        const twice = [];
        const posted = [];
        client.on('message', ({ message }) => {
            const key = `${room.timeline.epoch} ${message.seq}`;
            if (seen.has(key)) twice.push(key);
            seen.add(key);
        });
        server.busy = () => random.chance(0.1);
        server.ackFirst = () => random.chance(0.3);
        connect();
        const steps = [
            () => posted.push(client.post('lobby', `mine ${posted.length}`)),
            () => server.say(`theirs ${server.log.length}`),
            () => server.line && server.take(server.line),
            () => server.line && server.take(server.line),
            () => server.line && server.give(server.line, 1 + random.below(4)),
            () => server.line && server.give(server.line, 1 + random.below(4)),
            () => clock.pass(random.below(1_500)),
            () => server.line && !server.line.user && !server.line.toClient.length && server.accept(server.line),
            () => random.chance(0.3) && server.line && server.cut(server.line),
            () => random.chance(0.1) && client.wake(),
            () => random.chance(0.05) && client.connection.offline(),
            () => random.chance(0.1) && (server.most = random.chance(0.5) ? 3 : Infinity),
            () => random.chance(0.04) && server.restart(),
            () => room.timeline.position && !room.timeline.complete && client.earlier('lobby'),
            () => room.timeline.gapsBetween(1, 1e6).slice(0, 1).map((gap) => client.fill('lobby', gap)),
            () => server.fetches.length > 0 && server.answerFetch(random.chance(0.2)),
        ];
        for (let step = 0; step < 150; step++) {
            random.pick(steps)();
            await microtasks();
            holds(server.sockets.length <= 1, 'more than one socket');
            holds(clock.timers <= 2, 'more timers than the line and the pause');
        }
        server.busy = () => false;
        for (let i = 0; i < 40 && (client.status.phase !== 'live' || client.outbox.of('lobby').length > 0); i++) {
            clock.pass(1_000);
            if (server.line && !server.line.user) server.accept(server.line);
            server.settle();
        }
        server.settle();
        while (server.fetches.length > 0) server.answerFetch();
        await microtasks();
        same([client.status.phase, client.outbox.of('lobby'), stored.size, twice], ['live', [], 0, []]);
        const { timeline } = room;
        same([timeline.epoch, timeline.torn], [server.epoch, false]);
        const { first } = timeline;
        const gone = timeline.gapsBetween(1, server.log.length).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        const expected = server.log.filter(({ seq }) => seq >= first && !gone.includes(seq)).map(({ seq, text }) => [seq, text]);
        same(timeline.entries.map(({ seq, text }) => [seq, text]), expected);
        if (server.log.length > 0) same(timeline.position.after, server.log.length);
        for (const { id } of posted) {
            const times = server.log.filter((entry) => entry.id === id).length;
            const acked = [...server.acked].some((key) => key.endsWith(` ${id}`));
            holds(acked && times <= 1, `${id} is there ${times} times`);
        }
    }));
