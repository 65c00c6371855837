import { Emitter } from '../../main/webapp/js/model/emitter.js';
import { Rooms } from '../../main/webapp/js/page/rooms.js';
import { fakeTable, microtasks } from './fake-table.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-other', name: 'Budi' };

/** Ana's page in the lobby: she has read in the kitchen, and never was in the yard. */
async function page() {
    const given = fakeTable();
    const { server, client } = given;
    const navigation = new Emitter();
    navigation.room = given.room;
    const rooms = new Rooms(client, navigation);
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
    same(rooms.unread(new Set()), { total: 1, elsewhere: 1 });
    same(rooms.unread(new Set(['kitchen'])), { total: 0, elsewhere: 0 });
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
