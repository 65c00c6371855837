import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

/** Somebody who has come into the lobby with 9 messages, and `next()`: their next page at the same server. */
function reader() {
    const identity = new MemoryIdentity('Ana');
    const page = fakeTable({ identity });
    const { server, clock } = page;
    for (let i = 1; i <= 9; i++) server.say(`${i}`);
    page.connect();
    const next = () => fakeTable({ identity, server, clock });
    return { identity, ...page, next };
}

const marks = (server) => server.received.filter(({ type }) => type === 'read').map(({ seq }) => seq);

test('a read mark that did not arrive holds on the next page, and is sent until it arrives', () => {
    const { identity, client, server, next } = reader();
    client.read('lobby', 4);
    client.read('lobby', 9);
    client.stop();
    const { connect, room } = next();
    connect();
    same([room.read, room.unread, marks(server).at(-1), identity.load().reads], [{ seq: 9, n: 9 }, 0, 9, {}]);
});

test('a page that goes before it is in the room, or has said it, leaves what it found to the next one', () => {
    const { client, server, next } = reader();
    client.read('lobby', 9);
    client.stop();
    next().client.hurry();
    const between = next();
    between.client.start();
    server.accept(between.line());
    server.give(between.line());
    between.client.stop();
    const { connect, room } = next();
    connect();
    same([room.read, marks(server).at(-1)], [{ seq: 9, n: 9 }, 9]);
});

test('a page that comes while another one is there knows what that has read, at once', () => {
    const { client, room, server, next } = reader();
    client.read('lobby', 7);
    const held = server.mark;
    server.mark = () => {};
    const other = next();
    other.connect();
    same([other.room.read, other.room.unread], [{ seq: 7, n: 7 }, 2]);
    server.mark = held;
    client.read('lobby', 9);
    client.hurry();
    server.settle();
    same(
        [other.room.read, room.read],
        [
            { seq: 9, n: 9 },
            { seq: 9, n: 9 },
        ],
    );
});

test('a room that was read for the first time is there on the next page, unless it is closed to us', () => {
    for (const closed of [false, true]) {
        const { identity, client, server, next } = reader();
        server.append('kitchen', 'message', { id: 'u-other', name: 'Budi' }, null, { text: 'hi' });
        client.join('kitchen');
        server.settle();
        client.read('kitchen', 1);
        client.stop();
        if (closed) server.room('kitchen').access = 'members';
        const { client: other, connect } = next();
        connect();
        same([other.find('kitchen').joined, identity.load().reads, marks(server)], [!closed, {}, closed ? [] : [1]]);
    }
});

test('a confirmed read mark is not kept, whichever page sent it; an older confirmation leaves it there', () => {
    const { identity, client, server, clock, next } = reader();
    const other = next();
    other.connect();
    const kept = () => identity.load().reads?.lobby?.seq ?? null;
    client.read('lobby', 5);
    client.read('lobby', 9);
    same(kept(), 9);
    server.settle();
    same(kept(), 9);
    clock.pass(1_000);
    server.settle();
    same(kept(), null);
    identity.save({ reads: { lobby: { epoch: server.room('lobby').epoch, seq: 9, n: 9 } } });
    client.connection.emit('event', {
        type: 'reads',
        room: identity.load().inbox.room,
        rooms: [{ room: 'lobby', seq: 5, n: 5 }],
    });
    same(kept(), 9);
});

test('a read mark of another log, of another user, or of a room left since, does not hold', () => {
    for (const after of ['restart', 'stranger', 'left']) {
        const { identity, client, server, next } = reader();
        client.read('lobby', 9);
        if (after === 'left') client.leaveRoom('lobby');
        client.stop();
        if (after === 'restart') server.restart();
        if (after === 'stranger') server.knows = () => false;
        for (let i = 1; i <= 12; i++) server.say(`more ${i}`);
        const { connect, room } = next();
        connect();
        same(room.read, null, after);
    }
});

test('the unread count is right as soon as the server has the read mark, without another event', async () => {
    for (const late of [false, true]) {
        const { client, room, server, come, answerAll, line } = reader();
        const me = client.user.id;
        server.mark(me, 'lobby', 9);
        server.settle();
        client.post('lobby', 'mine');
        server.settle();
        const held = server.mark;
        server.mark = () => {};
        client.read('lobby', 10);
        server.settle();
        server.cut(line());
        server.say('meanwhile');
        client.wake();
        come();
        const listed = client.rooms();
        if (!late) await answerAll();
        held.call(server, me, 'lobby', 10);
        server.settle();
        await answerAll();
        await listed;
        same([room.read.seq, room.uncertain, room.unread], [10, false, 1], `late: ${late}`);
    }
});

test('what the server cannot store for a moment is said again, and nobody is told: marks, rooms and the inbox', () => {
    for (const away of ['read', 'join', 'typing', 'leave']) {
        const { client, server, clock, connect, come, line } = fakeTable({ identity: new MemoryIdentity('Ana') });
        const notices = [];
        client.on('notice', (notice) => notices.push(notice));
        for (let i = 1; i <= 9; i++) server.say(`${i}`);
        connect();
        let times = 3;
        server.unavailable = ({ type }) => type === away && times-- > 0;
        if (away === 'join') {
            server.cut(line());
            client.connection.open();
            come();
        }
        client.read('lobby', 7);
        client.typing('lobby');
        for (let i = 0; i < 8; i++) {
            server.settle();
            clock.pass(1_000);
        }
        client.read('lobby', 9);
        server.settle();
        clock.pass(1_000);
        server.settle();
        same(notices, [], away);
        same(marks(server).at(-1), 9, away);
        same(line().reading.size, 2, `${away}: it reads the lobby and the inbox`);
        if (away === 'read') same(marks(server), [7, 7, 7, 7, 9]);
    }
});
