import { Emitter } from '../../main/webapp/js/model/emitter.js';
import { Rooms } from '../../main/webapp/js/page/rooms.js';
import { fakeTable, microtasks } from './fake-table.js';
import { holds, same, test } from './harness.js';

const BUDI = { id: 'u-other', name: 'Budi' };

/** Ana's page in the lobby: she has read in the kitchen, and never was in the yard. */
async function page({ every, more = 0 } = {}) {
    const given = fakeTable();
    const { server, client } = given;
    const navigation = new Emitter();
    navigation.room = given.room;
    const rooms = new Rooms(client, navigation, every);
    for (let i = 1; i <= more; i++) {
        server.say('kopi', BUDI, { name: `room-${i}` });
        server.mark('u-1', `room-${i}`, 1);
    }
    server.say('soto', BUDI, { name: 'kitchen' });
    server.say('nobody hears', BUDI, { name: 'yard' });
    server.mark('u-1', 'kitchen', 1);
    given.connect();
    await given.answerAll();
    server.settle();
    return { ...given, rooms, navigation };
}

test('the rooms one is in are joined, so that what is unread in them is counted as it comes', async () => {
    const { server, rooms, client } = await page();
    server.say('rendang', BUDI, { name: 'kitchen' });
    server.say('still nobody', BUDI, { name: 'yard' });
    server.settle();
    same(
        rooms.list.rooms.map(({ name, unread }) => `${name} ${unread}`),
        ['kitchen 1', 'lobby 0'],
    );
    same([client.find('kitchen').joined, client.find('yard').joined], [true, false]);
    same(rooms.unread(new Set()), { total: 1, elsewhere: 1, allCalls: 0, calls: 0 });
    same(rooms.unread(new Set(['kitchen'])), { total: 0, elsewhere: 0, allCalls: 0, calls: 0 });
});

test('the room one comes into on another device is joined here as well', async () => {
    const { server, rooms, client, answerAll } = await page();
    server.mark('u-1', 'yard', 1);
    server.settle();
    await answerAll();
    server.settle();
    same(
        rooms.list.rooms.map(({ name }) => name),
        ['kitchen', 'lobby', 'yard'],
    );
    same(client.find('yard').joined, true);
});

test('a new member has the room in the list, and a removed one has not', async () => {
    const { server, rooms, answerAll } = await page();
    const secret = server.room('secret');
    secret.access = 'members';
    secret.members.set('u-1', { id: 'u-1', name: 'Ana' });
    server.append('inbox.u-1', 'invited', BUDI, undefined, { in: 'secret' });
    server.settle();
    await answerAll();
    server.settle();
    same(
        rooms.list.rooms.map(({ name }) => name),
        ['kitchen', 'lobby', 'secret'],
    );
    secret.members.delete('u-1');
    server.tell('secret', { type: 'left', room: 'secret', reason: 'removed' });
    server.settle();
    same(
        rooms.list.rooms.map(({ name }) => name),
        ['kitchen', 'lobby'],
    );
});

test('simultaneous changes are announced once', async () => {
    const { server, rooms } = await page();
    let told = 0;
    rooms.on('changed', () => told++);
    server.say('one', BUDI, { name: 'kitchen' });
    server.say('two', BUDI, { name: 'lobby' });
    server.settle();
    await microtasks();
    same(told, 1);
});

test('rooms that cannot be listed are asked for at the next occasion', async () => {
    const { server, rooms, client } = await page();
    server.mark('u-1', 'yard', 1);
    const asking = rooms.refresh();
    server.http.deliver({ fails: true });
    await asking;
    same([rooms.asked, client.find('yard').joined], [true, false]);
    const again = rooms.refresh();
    server.http.deliver();
    await again;
    server.settle();
    same(client.find('yard').joined, true);
});

/** Ana's page with 250 more rooms, what it does each minute, and how many rooms it has joined. */
async function manyRooms() {
    let minute = null;
    const given = await page({ every: (ms, act) => (minute = ms === 60_000 && act), more: 250 });
    const { server, client, rooms, answerAll } = given;
    const settled = async () => {
        server.settle();
        await answerAll();
        server.settle();
    };
    /** Somebody writes in this room, which makes it the latest. */
    const says = (name) => {
        server.say('teh', BUDI, { name });
        const room = server.room(name);
        server.rooms.delete(name);
        server.rooms = new Map([[name, room], ...server.rooms]);
    };
    const unread = () => rooms.all.filter((room) => room.unread > 0).map(({ name, unread: n }) => `${name} ${n}`);
    const joined = () => rooms.all.filter((room) => room.joined).length;
    const pass = async () => {
        minute();
        await settled();
    };
    await settled();
    return { ...given, client, says, unread, joined, pass, settled };
}

test('above a hundred rooms, what is unread in the others is known within a minute', async () => {
    const { client, says, unread, joined, pass, settled } = await manyRooms();
    holds(joined() <= 101 && !client.find('room-200').joined, `${joined()} are joined`);
    says('room-200');
    says('room-3');
    await settled();
    same(unread(), ['room-3 1']);
    await pass();
    same(unread().sort(), ['room-200 1', 'room-3 1']);
    same(client.find('room-200').joined, true, 'the latest is joined');
    says('room-200');
    await settled();
    same(unread().sort(), ['room-200 2', 'room-3 1'], 'and counted as it arrives');
});

test('however many rooms become the latest or are visited, no more than a session may read are joined', async () => {
    const { client, says, joined, pass, settled, navigation, server } = await manyRooms();
    for (let i = 101; i <= 250; i++) {
        says(`room-${i}`);
        if (i % 25 === 0) await pass();
        holds(joined() <= 101, `${joined()} are joined at ${i}`);
    }
    for (let i = 1; i <= 200; i++) {
        navigation.room = client.join(`room-${i}`);
        server.settle();
        navigation.emit('moved', {});
        await settled();
        holds(joined() <= 101 && navigation.room.joined, `${joined()} are joined at the visit of ${i}`);
    }
});

test('with few rooms nothing is asked for each minute', async () => {
    let minute = null;
    const { server } = await page({ every: (ms, act) => (minute = act) });
    minute();
    same(server.http.waiting.length, 0);
});

test('a title that has come is told once, before the change', async () => {
    const { server, rooms, client } = await page();
    const told = [];
    rooms.on('titled', () => told.push('titled'));
    rooms.on('changed', () => told.push('changed'));
    server.append('kitchen', 'changed', BUDI, undefined, { title: '旅行计划' });
    server.settle();
    await microtasks();
    same([told, client.find('kitchen').title], [['titled', 'changed'], '旅行计划']);
    server.say('soto', BUDI, { name: 'kitchen' });
    server.settle();
    await microtasks();
    same(told, ['titled', 'changed', 'changed']);
});

test('a room that is starred on another device is learnt of', async () => {
    const { server, rooms, client, answerAll } = await page();
    server.room('attic').starred = true;
    server.append('inbox.u-1', 'starred', { id: 'u-1', name: 'Ana' }, undefined, { in: 'attic', on: true });
    server.settle();
    await answerAll();
    await microtasks();
    same([client.find('attic')?.starred, rooms.list.starred.map(({ name }) => name)], [true, ['attic']]);
    server.append('inbox.u-1', 'starred', { id: 'u-1', name: 'Ana' }, undefined, { in: 'attic', on: false });
    server.settle();
    await microtasks();
    same(rooms.list.starred, []);
});
