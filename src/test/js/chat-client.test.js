import { newItem } from '../../main/webapp/js/model/outbox.js';
import { MemoryIdentity, SignIn } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable as table } from './fake-table.js';
import { same, test } from './harness.js';

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

test('a name that was refused is not asked for again, except of those who had another', () => {
    const stranger = new SignIn({ identity: new MemoryIdentity('A\u200bna'), send() {} });
    same([stranger.forgetName(), stranger.possible], [false, false]);
    const identity = new MemoryIdentity('Ana');
    identity.save({ token: 't-1' });
    const known = new SignIn({ identity, send() {} });
    known.rename('A\u200bna');
    same([known.forgetName(), known.possible, identity.load().name], [true, true, 'Ana']);
});

test('events of an unknown type are ignored, in a room, in the inbox, and in none', () => {
    for (const type of ['future', 'constructor', 'toString', '__proto__', '']) {
        for (const room of ['lobby', 'inbox.u-1', 'nowhere', null]) {
            const { server, client, heard, connect, line } = table();
            connect();
            const told = [];
            const { error } = console;
            console.error = (fault) => told.push(String(fault));
            for (const name of ['removed', 'notice', 'visited', 'user']) client.on(name, () => told.push(name));
            line().toClient.push({ type, room });
            server.say('after');
            server.settle();
            console.error = error;
            same([client.status.phase, told, heard], ['live', [], ['after (new)']], `${type} ${room}`);
        }
    }
});

test('a failed message of a room that was left is sent where it stood, when it is tried again', () => {
    const { server, client, connect } = table();
    connect();
    client.leave('lobby');
    server.settle();
    const [failed] = ['one', 'two'].map((text) => client.post('lobby', text));
    client.outbox.failed(failed, 'bad-text');
    server.received.length = 0;
    client.retry(failed);
    server.settle();
    same(
        server.received.map(({ type, text }) => text ?? type),
        ['join', 'one', 'two'],
    );
    same(client.outbox.of('lobby'), []);
});

test('a client without a name does not connect', () => {
    const { server, client } = table({ name: null });
    same([client.start(), server.sockets.length], [false, 0]);
});

test('a post is pending until it is read back, and sent once', () => {
    const { server, client, room, connect } = table();
    connect();
    client.post('lobby', 'hi');
    same(
        client.outbox.of('lobby').map((item) => item.state),
        ['sent'],
    );
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
    same(
        client.outbox.of('lobby').map(({ id, state }) => [id, state]),
        [[item.id, 'waiting']],
    );
    server.say('missed');
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.give(server.line);
    same(
        server.line.toServer.map((frame) => JSON.parse(frame)),
        [
            { type: 'hello', token: 't-u-1' },
            { type: 'join', room: 'lobby', epoch: 'e-1', after: 1 },
            { type: 'post', room: 'lobby', id: item.id, text: 'mine' },
        ],
    );
    server.settle();
    same([texts(room), client.outbox.of('lobby')], [['one', 'mine', 'missed'], []]);
});

test('messages written without a connection are sent, in order, when there is one', () => {
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
    same(
        client.outbox.of('lobby').map(({ state, error }) => [state, error]),
        [['failed', 'bad-text']],
    );
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
    same(
        client.outbox.of('lobby').map(({ state, error }) => [state, error]),
        [['failed', 'other-user']],
    );
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

test('a rename on another device is followed here, and kept', () => {
    const identity = new MemoryIdentity('Ana');
    const { server, client, connect } = table({ identity });
    connect();
    const told = [];
    client.on('user', (user) => told.push(user.name));
    server.line.toClient.push({ type: 'renamed', user: { id: 'u-1', name: 'Bea' } });
    server.settle();
    same([client.user, identity.load().name, told], [{ id: 'u-1', name: 'Bea' }, 'Bea', ['Bea']]);
    same([server.sockets.length, identity.load().token], [1, 't-u-1'], 'the connection stays, and so does the token');
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

test('stored messages are sent once, in the order they were written, also to rooms that are not read yet', () => {
    const { server, client, room, connect } = table();
    connect();
    const items = ['one', 'two'].map((text) => newItem({ type: 'post', room: 'lobby', text }));
    client.deliver([newItem({ type: 'post', room: 'kitchen', text: 'there' })]);
    client.deliver(items);
    client.deliver(items);
    server.settle();
    same(
        [texts(room), server.room('kitchen').entries.map(({ text }) => text), client.outbox.rooms],
        [['one', 'two'], ['there'], []],
    );
});

test('an answer that names no log is one to what was said in the present one', () => {
    const { server, client, connect } = table();
    server.say('who comes?');
    connect();
    server.settle();
    client.deliver([newItem({ type: 'post', room: 'lobby', text: 'I do', replyTo: 1 })]);
    same(
        client.outbox.of('lobby').map(({ epoch }) => epoch),
        [client.find('lobby').timeline.epoch],
    );
});
