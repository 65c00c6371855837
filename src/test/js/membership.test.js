import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable as table, microtasks } from './fake-table.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-other', name: 'Budi' };
const errorOf = (promise) =>
    promise.then(
        (value) => `no error but ${value}`,
        ({ name, code }) => `${name} ${code}`,
    );
const settled = async ({ server }, promise) => {
    server.settle();
    return promise;
};
const inboxJoins = (server) =>
    server.received
        .filter(({ type, room }) => type === 'join' && room.startsWith('inbox.'))
        .map(({ type, room, ...where }) => where);

/** A table at which what comes from the inbox, and who is put out, is noted. */
function noted(options) {
    const given = table(options);
    const notes = [];
    for (const type of ['invited', 'mentioned', 'revoked'])
        given.client.on(type, (entry) => notes.push(`${type} ${entry.in} ${entry.message ?? ''}`.trim()));
    given.client.on('removed', ({ room, reason }) => notes.push(`removed ${room.name} ${reason}`));
    given.client.on('notice', ({ code }) => notes.push(`notice ${code}`));
    return { ...given, notes };
}

test('a room is made, changed, and its members come and go', async () => {
    const given = table({ rooms: [] });
    const { client, server, connect } = given;
    connect();
    same(await settled(given, client.create('kitchen', { access: 'members', topic: 'What to cook' })), 1);
    const room = client.join('kitchen');
    await settled(given, client.change('kitchen', { topic: 'Soto' }));
    await settled(given, client.add('kitchen', BUDI.id));
    same(
        [room.access, room.topic, room.moderator, [...server.room('kitchen').members.keys()]],
        ['members', 'Soto', true, ['u-1', 'u-other']],
    );
    await settled(given, client.removeMember('kitchen', BUDI.id));
    same(
        room.timeline.entries.map(({ type }) => type),
        ['created', 'changed', 'added', 'removed'],
    );
});

test('a command that is refused, or not received, is an error with a code', async () => {
    const given = table();
    const { client, server, connect, line } = given;
    same(await errorOf(client.create('kitchen')), 'ChatError offline');
    same(await errorOf(client.direct(BUDI.id)), 'ChatError offline');
    connect();
    server.say('there already');
    same(await settled(given, errorOf(client.create('lobby'))), 'ChatError room-exists');
    same(await settled(given, errorOf(client.add('lobby', BUDI.id))), 'ChatError forbidden');
    const lost = errorOf(client.create('kitchen'));
    server.cut(line());
    same(await lost, 'ChatError offline', 'nobody waits for an answer that cannot come');
});

test('a direct conversation is a room of two', async () => {
    const given = noted();
    const { client, connect, notes } = given;
    connect();
    same(await settled(given, client.direct(BUDI.id)), 'direct.u-1.u-other');
    same([await settled(given, errorOf(client.direct('u-nobody'))), notes], ['ChatError no-such-user', []]);
});

test('inbox events are announced once, also those missed while away', () => {
    const identity = new MemoryIdentity('Ana');
    const { server, client, connect, line, notes, clock, come } = noted({ identity });
    connect();
    server.append('inbox.u-1', 'invited', BUDI, undefined, { in: 'kitchen' });
    server.settle();
    server.cut(line());
    server.append('inbox.u-1', 'mentioned', BUDI, undefined, { in: 'lobby', message: 7 });
    while (client.status.phase === 'waiting') clock.pass(clock.nextInMs);
    come();
    same(notes, ['invited kitchen', 'mentioned lobby 7']);
    same(inboxJoins(server), [{ last: 0 }, { epoch: 'e-1', after: 1 }]);
    client.stop();
    server.append('inbox.u-1', 'revoked', BUDI, undefined, { in: 'kitchen' });
    const later = noted({ server, identity, rooms: [] });
    later.connect();
    same([later.notes, identity.load().inbox], [['revoked kitchen'], { room: 'inbox.u-1', epoch: 'e-1', after: 3 }]);
});

test('an inbox that began anew does not tell old things again', () => {
    const { server, clock, connect, come, notes } = noted();
    connect();
    server.restart();
    for (let i = 0; i < 3; i++) server.append('inbox.u-1', 'invited', BUDI, undefined, { in: 'kitchen' });
    clock.pass(clock.nextInMs);
    come();
    server.append('inbox.u-1', 'invited', BUDI, undefined, { in: 'garden' });
    server.settle();
    same(notes, ['invited garden']);
});

test('a removed member stays out, and the messages that wait for the room fail', async () => {
    const { server, client, connect, line, clock, come, notes } = noted({ rooms: [] });
    connect();
    client.create('kitchen', { access: 'members' });
    server.settle();
    const room = client.join('kitchen');
    server.settle();
    server.room('kitchen').owner = BUDI.id;
    server.append('kitchen', 'removed', BUDI, undefined, { user: client.user });
    server.room('kitchen').members.clear();
    line().reading.delete('kitchen');
    line().toClient.push({ type: 'left', room: 'kitchen', reason: 'removed' });
    client.post('kitchen', 'too late');
    server.settle();
    same(
        [notes, room.joined, room.closed, client.outbox.of('kitchen')[0].state],
        [['removed kitchen removed'], false, 'removed', 'failed'],
    );
    server.cut(line());
    server.received.length = 0;
    clock.pass(clock.nextInMs);
    come();
    same(
        server.received.filter(({ room: name }) => name === 'kitchen'),
        [],
        'it does not knock again',
    );
});

test('a room that does not let us in says so once, and the others do not notice', () => {
    const { server, client, connect, line, notes, clock, come } = noted({ rooms: ['lobby', 'kitchen', 'garden'] });
    server.room('kitchen').access = 'members';
    connect();
    same(notes, ['removed kitchen not-a-member']);
    same(
        ['lobby', 'kitchen', 'garden'].map((name) => client.find(name).joined),
        [true, false, true],
    );
    server.cut(line());
    clock.pass(clock.nextInMs);
    come();
    same(notes.length, 1);
    server.room('kitchen').access = 'public';
    client.join('kitchen');
    server.settle();
    same([client.find('kitchen').joined, client.find('kitchen').closed], [true, null]);
});

test('a server that cannot let us in just now is asked again', () => {
    const { server, client, clock, connect, line, notes } = noted({ rooms: ['lobby'] });
    connect();
    const room = client.join('kitchen');
    line().toServer = [];
    line().toClient.push({
        type: 'error',
        code: 'unavailable',
        message: 'Later.',
        command: 'join',
        room: 'kitchen',
        retryAfterMs: 2_000,
    });
    server.settle();
    clock.pass(2_000);
    server.settle();
    same([room.joined, notes], [true, []]);
});

test('the list of rooms says what is unread, and the count goes on', async () => {
    const given = table({ rooms: [] });
    const { server, client, connect, answerAll } = given;
    connect();
    for (let i = 1; i <= 5; i++) server.say(`${i}`, BUDI, { mentions: i === 5 ? ['u-1'] : [] });
    server.mark('u-1', 'lobby', 2);
    const list = client.rooms();
    await answerAll();
    const [lobby] = await list;
    same(
        [lobby.name, lobby.joined, lobby.unread, lobby.mentions, lobby.read],
        ['lobby', false, 3, 1, { seq: 2, n: 2 }],
    );
    same([client.join('lobby', { last: 0 }) === lobby, server.http.waiting.length], [true, 0]);
    server.settle();
    server.say('six');
    server.settle();
    same([lobby.unread, lobby.timeline.entries.map(({ text }) => text)], [4, ['six']]);
    client.read('lobby', 6);
    same([lobby.unread, lobby.mentions], [0, 0]);
});

test('all rooms one is in come at once, whatever their number, and the public ones page by page', async () => {
    const given = table({ rooms: [] });
    const { server, client, connect, answerAll } = given;
    connect();
    server.http.page = 3;
    for (let i = 0; i < 7; i++) server.say('hi', BUDI, { name: `public-${i}` });
    for (let i = 0; i < 5; i++) {
        server.say('hi', BUDI, { name: `mine-${i}` });
        server.mark('u-1', `mine-${i}`, 1);
    }
    const names = async (asked) => {
        await answerAll();
        return (await asked).map(({ name }) => name);
    };
    const first = await names(client.rooms());
    same([first.slice(0, 5).every((name) => name.startsWith('mine-')), first.length], [true, 6]);
    const rest = [];
    for (
        let more = await names(client.rooms({ more: true }));
        more.length > 0;
        more = await names(client.rooms({ more: true }))
    )
        rest.push(...more);
    same([...first, ...rest].filter((name) => name.startsWith('public-')).length, 7);
    same(new Set([...first, ...rest]).size, first.length + rest.length);
});

test('the unread count after a gap is requested, once', async () => {
    const { server, client, connect, line, room, answerAll } = table();
    connect();
    server.say('1');
    server.mark('u-1', 'lobby', 1);
    client.rooms();
    await answerAll();
    server.settle();
    for (let i = 2; i <= 5; i++) server.say(`${i}`, i === 3 ? client.user : BUDI);
    server.skip(line(), 'lobby');
    server.say('6');
    server.settle();
    same([room.uncertain, server.http.waiting.map(({ url }) => url.pathname)], [true, ['/api/rooms/lobby']]);
    await answerAll();
    same([room.uncertain, room.unread], [false, 4]);
});

test('a user who leaves a room is no member any more, or has nothing unread in it', async () => {
    const given = noted({ rooms: [] });
    const { server, client, connect, notes, answerAll } = given;
    connect();
    client.create('kitchen', { access: 'members' });
    server.settle();
    client.join('kitchen');
    client.join('lobby');
    server.settle();
    await settled(given, client.leaveRoom('kitchen'));
    same([notes, [...server.room('kitchen').members]], [['removed kitchen removed'], []]);
    server.say('1');
    server.settle();
    client.read('lobby', 1);
    server.settle();
    same(client.find('lobby').read, { seq: 1, n: 1 });
    client.leaveRoom('lobby');
    await microtasks();
    given.clock.pass(1_000);
    server.settle();
    const detail = client.room('lobby');
    await answerAll();
    same([(await detail).room.read, (await detail).members, server.marks.size], [null, [], 0]);
});
