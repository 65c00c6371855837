import { Outbox } from '../../main/webapp/js/model/outbox.js';
import { rowsOf } from '../../main/webapp/js/model/rows.js';
import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable as table } from './fake-table.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-other', name: 'Budi' };
const sent = (socket) => socket.toServer.map((frame) => JSON.parse(frame));
/** What our user sees of a room. */
const seen = (client, room) =>
    rowsOf({ entries: room.timeline.entries, pending: client.outbox.of(room.name), me: client.user })
        .filter(({ type }) => type === 'message')
        .map(({ text, deleted, failed }) => (deleted ? 'gone' : text) + (failed ? ` (${failed.error})` : ''));

/** Makes the line break, and the client come back. */
function comeBack({ server, line, clock, client, come }) {
    server.cut(line());
    while (client.status.phase === 'waiting') clock.pass(clock.nextInMs);
    come();
}

test('an edit shows at once, goes out under its id until it is acknowledged, and is there in the end', () => {
    const given = table();
    const { server, client, room, connect, line } = given;
    connect();
    client.post('lobby', 'hi');
    server.settle();
    const item = client.edit('lobby', 1, 'hi!');
    same(
        [seen(client, room), sent(line())],
        [['hi!'], [{ type: 'edit', room: 'lobby', id: item.id, seq: 1, text: 'hi!' }]],
    );
    server.take(line());
    comeBack(given);
    same([seen(client, room), client.outbox.of('lobby'), server.log.length], [['hi!'], [], 2]);
    same(room.timeline.at(1).edited !== undefined, true);
});

test('a refused edit is undone, and says why', () => {
    const { server, client, room, connect } = table();
    server.say('not mine');
    connect();
    const item = client.edit('lobby', 1, 'mine');
    server.settle();
    same([seen(client, room), item.state], [['not mine (forbidden)'], 'failed']);
    client.discard(item);
    same(seen(client, room), ['not mine']);
});

test('a delete waits a few seconds, and may be taken back until then', () => {
    const { server, client, room, clock, connect, line } = table();
    connect();
    client.post('lobby', 'one');
    client.post('lobby', 'two');
    server.settle();
    const taken = client.remove('lobby', 1);
    const item = client.remove('lobby', 2);
    same([seen(client, room), item.state, sent(line())], [['gone', 'gone'], 'undoable', []]);
    clock.pass(4_000);
    client.discard(taken);
    same(seen(client, room), ['one', 'gone']);
    clock.pass(1_000);
    same(sent(line()), [{ type: 'delete', room: 'lobby', id: item.id, seq: 2 }]);
    server.settle();
    same([seen(client, room), client.outbox.of('lobby'), server.log[1].type], [['one', 'gone'], [], 'erased']);
});

test('a delete does not hold up what is said meanwhile', () => {
    const { server, client, connect } = table();
    connect();
    client.post('lobby', 'one');
    server.settle();
    client.remove('lobby', 1);
    client.post('lobby', 'two');
    server.settle();
    same(
        client.outbox.of('lobby').map(({ type }) => type),
        ['delete'],
    );
});

test('a command that names a seq waits until the log is known to be the same, and later ones wait too', () => {
    const { server, client, clock, connect, line } = table();
    connect();
    client.post('lobby', 'mine');
    server.settle();
    server.cut(line());
    client.edit('lobby', 1, 'edited');
    client.post('lobby', 'answer', { replyTo: 1 });
    client.post('lobby', 'last');
    clock.pass(clock.nextInMs);
    server.accept(line());
    server.give(line());
    same(
        sent(line()).map(({ type }) => type),
        ['hello', 'join'],
    );
    server.settle();
    same(
        server.log.map(({ type, text, replyTo }) => [type, text, replyTo]),
        [
            ['message', 'mine', undefined],
            ['edited', 'edited', undefined],
            ['message', 'answer', 1],
            ['message', 'last', undefined],
        ],
    );
});

test('in another log it means nothing any more', () => {
    const { server, client, clock, connect, come } = table();
    connect();
    client.post('lobby', 'mine');
    server.settle();
    server.restart();
    server.say('of somebody else');
    client.edit('lobby', 1, 'edited');
    client.post('lobby', 'answer', { replyTo: 1 });
    client.post('lobby', 'last');
    clock.pass(clock.nextInMs);
    come();
    same(
        client.outbox.of('lobby').map(({ type, error }) => [type, error]),
        [
            ['edit', 'no-such-message'],
            ['post', 'no-such-message'],
        ],
    );
    same(
        server.log.map(({ text }) => text),
        ['of somebody else', 'last'],
    );
});

test('a command begun in another log fails, even if it is sent in this one', () => {
    const { server, client, connect } = table();
    connect();
    client.post('lobby', 'mine');
    server.settle();
    client.edit('lobby', 1, 'another', { epoch: 'e-0' });
    client.post('lobby', 'answer', { replyTo: 1, epoch: 'e-0' });
    client.edit('lobby', 1, 'edited', { epoch: 'e-1' });
    server.settle();
    same(
        client.outbox.of('lobby').map(({ type, text, error }) => [type, text, error]),
        [
            ['edit', 'another', 'no-such-message'],
            ['post', 'answer', 'no-such-message'],
        ],
    );
    same(
        server.log.map(({ text }) => text),
        ['mine', 'edited'],
    );
});

test('edits and deletes outlive a reload', () => {
    const stored = new Map();
    const store = {
        add: (item) => stored.set(item.id, item),
        update: (item) => stored.set(item.id, item),
        remove: (id) => stored.delete(id),
    };
    const identity = new MemoryIdentity('Ana');
    const { server, client, connect, line } = table({ identity, outbox: new Outbox(store) });
    connect();
    for (const text of ['one', 'two']) client.post('lobby', text);
    server.settle();
    server.cut(line());
    client.edit('lobby', 1, 'one!');
    client.remove('lobby', 2);
    const outbox = new Outbox(store);
    outbox.restore([...stored.values()]);
    const later = table({ server, identity, outbox });
    later.connect();
    same([seen(later.client, later.room), stored.size], [['one!', 'gone'], 0]);
});

test('that somebody writes is said every three seconds, only when it can be heard, and anew after a message', () => {
    const { client, server, clock, connect, line } = table();
    client.typing('lobby');
    connect();
    const typed = () => sent(line()).filter(({ type }) => type === 'typing').length;
    for (let i = 0; i < 10; i++) {
        client.typing('lobby');
        clock.pass(500);
    }
    same(typed(), 2);
    server.settle();
    client.post('lobby', 'there');
    client.typing('lobby');
    same(typed(), 1);
});

test('typing users are listed, and the room is shown anew when they stop', () => {
    const { client, server, clock, room, connect } = table();
    connect();
    let shown = 0;
    server.tell('lobby', { type: 'typing', room: 'lobby', users: [BUDI, client.user] });
    server.settle();
    same(room.typing, [BUDI]);
    client.on('room', () => shown++);
    clock.pass(6_500);
    same([room.typing, shown], [[], 1]);
});

test('how far one has read is said about once a second, and again after an interruption until it is confirmed', () => {
    const given = table();
    const { client, server, clock, room, connect, line } = given;
    for (let i = 1; i <= 9; i++) server.say(`${i}`);
    connect();
    const reads = () => server.received.filter(({ type }) => type === 'read').map(({ seq }) => seq);
    for (let seq = 1; seq <= 5; seq++) client.read('lobby', seq);
    client.read('lobby', 3);
    same(room.read, { seq: 5, n: 5 });
    server.take(line());
    same(reads(), [1]);
    clock.pass(1_000);
    server.take(line());
    same(reads(), [1, 5]);
    comeBack(given);
    same(reads(), [1, 5, 5], 'the word of the server was lost with the line');
    comeBack(given);
    same(reads(), [1, 5, 5]);
});

test('before one may be gone, how far one has read is said at once', () => {
    const { client, server, connect } = table();
    for (let i = 1; i <= 3; i++) server.say(`${i}`);
    connect();
    for (let seq = 1; seq <= 3; seq++) client.read('lobby', seq);
    client.hurry();
    server.settle();
    same(
        server.received.filter(({ type }) => type === 'read').map(({ seq }) => seq),
        [1, 3],
    );
});

test('a read mark of another log is not sent for this one', () => {
    const { client, server, clock, connect, come } = table();
    for (let i = 1; i <= 3; i++) server.say(`${i}`);
    connect();
    server.restart();
    for (let i = 1; i <= 5; i++) server.say(`new ${i}`);
    client.read('lobby', 3);
    clock.pass(clock.nextInMs);
    come();
    clock.pass(1_000);
    server.settle();
    same([server.received.filter(({ type }) => type === 'read'), client.find('lobby').read], [[], null]);
});

test('messages read in one tab are read in the other', () => {
    const identity = new MemoryIdentity('Ana');
    const first = table({ identity });
    const { server, clock } = first;
    for (let i = 1; i <= 3; i++) server.say(`${i}`);
    first.connect();
    const other = table({ server, clock, identity });
    other.connect();
    const somebodyElse = table({ server, clock });
    somebodyElse.connect();
    first.client.read('lobby', 2);
    server.settle();
    same([other.room.read, other.room.unread, somebodyElse.room.read], [{ seq: 2, n: 2 }, 1, null]);
});
