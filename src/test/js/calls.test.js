import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-other', name: 'Budi' };

/** Somebody in the lobby who has read the 5 messages there; `inbox(type, fields)`: something in their inbox. */
function reader() {
    const table = fakeTable();
    for (let i = 1; i <= 5; i++) table.server.say(`${i}`);
    table.connect();
    table.client.read('lobby', 5);
    table.clock.pass(5_000);
    table.server.settle();
    const inbox = (type, fields) => {
        table.server.append(`inbox.${table.client.user.id}`, type, BUDI, null, fields);
        table.server.settle();
    };
    return { ...table, inbox };
}

test('a reply counts as a mention once the inbox says so, in whichever order the two come', () => {
    for (const first of ['message', 'note']) {
        const { server, room, inbox } = reader();
        const note = () => inbox('replied', { in: 'lobby', message: 6, to: 1 });
        if (first === 'note') note();
        server.say('so do I', BUDI, { replyTo: 1 });
        server.settle();
        if (first === 'message') note();
        same([room.unread, room.mentions], [1, 1]);
        note();
        same(room.mentions, 1, 'again');
    }
});

test('a reply that was read before the inbox says so is no mention', () => {
    const { server, client, room, inbox } = reader();
    server.say('so do I', BUDI, { replyTo: 1 });
    server.settle();
    client.read('lobby', 6);
    inbox('replied', { in: 'lobby', message: 6, to: 1 });
    same([room.unread, room.mentions], [0, 0]);
});

test('a call to all counts once, for those who are in the room, and not for its author', () => {
    const { server, client, room } = reader();
    server.say('@all food', BUDI, { calls: 'all', mentions: [client.user.id] });
    server.amend('edited', 6, { text: '@all soto', calls: 'all' });
    server.say('@here food', BUDI, { calls: 'here' });
    client.post('lobby', '@all mine', { calls: 'all' });
    server.settle();
    same([room.unread, room.mentions], [2, 1]);
    client.join('elsewhere');
    server.settle();
    server.say('@all food', BUDI, { name: 'elsewhere', calls: 'all' });
    server.settle();
    same(client.find('elsewhere').mentions, 0);
});

test('a star is there in all pages at once, and a title with its room', async () => {
    const { server, client, room } = reader();
    const starring = client.star('lobby', true);
    server.settle();
    await starring;
    same(room.starred, true);
    const titling = client.change('lobby', { title: '大堂' });
    server.settle();
    await titling;
    same([room.title, room.topic], ['大堂', '']);
});

test('a room without a name gets one from the server', async () => {
    const { server, client } = reader();
    const making = client.createNamed({ title: '旅行计划' });
    server.settle();
    const name = await making;
    same(name.startsWith('r-'), true);
    client.join(name);
    server.settle();
    same([client.find(name).title, client.find(name).mayCall], ['旅行计划', true]);
});
