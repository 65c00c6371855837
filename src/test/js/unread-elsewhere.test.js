import { Unread } from '../../main/webapp/js/model/unread.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

/** Somebody who is in the lobby and in a kitchen with 4 messages, 2 of them read, which they do not read now. */
async function away() {
    const table = fakeTable();
    const { server, client, connect, answerAll } = table;
    for (let i = 1; i <= 4; i++) server.say(`${i}`, undefined, { name: 'kitchen' });
    connect();
    server.mark(client.user.id, 'kitchen', 2);
    const listed = client.rooms();
    await answerAll();
    await listed;
    const shown = [];
    client.on('room', ({ name }) => shown.push(name));
    const kitchen = client.find('kitchen');
    const count = (head, seq, unread, mentions = 0, more = {}) => ({
        room: 'kitchen',
        head,
        n: head,
        at: `2026-11-23T20:00:0${head}.000Z`,
        read: { seq, n: seq },
        unread,
        mentions,
        ...more,
    });
    const counted = (...rooms) => {
        server.tell(`inbox.${client.user.id}`, { type: 'unread', room: `inbox.${client.user.id}`, rooms });
        server.settle();
    };
    return { ...table, kitchen, shown, count, counted };
}

const numbers = ({ unread, mentions, uncertain }) => [unread, mentions, uncertain];

test('what the server counts in rooms that are not joined is shown at once', async () => {
    const { kitchen, shown, count, counted, server } = await away();
    same(numbers(kitchen), [2, 0, false]);
    counted(count(5, 2, 3, 1));
    same([numbers(kitchen), kitchen.at, shown], [[3, 1, false], '2026-11-23T20:00:05.000Z', ['kitchen']]);
    counted(count(5, 2, 3, 1));
    same([shown, server.http.waiting.length], [['kitchen'], 0], 'it is repeated, and nothing is asked');
    counted(count(5, 2, 3, 1), count(9, 9, 0, 0, { room: 'cellar' }));
    same(shown, ['kitchen'], 'nor where a room is unknown');
});

test('of a room that is joined this client knows more', async () => {
    const { kitchen, shown, count, counted, client, server, answerAll } = await away();
    client.join('kitchen', { last: 0 });
    server.settle();
    await answerAll();
    shown.length = 0;
    counted(count(9, 2, 7, 7));
    same([numbers(kitchen), shown], [[2, 0, false], []]);
});

test('what was read, or marked as unread, since the server has counted stays so while it repeats itself', async () => {
    const { kitchen, count, counted, client, server, answerAll } = await away();
    counted(count(4, 2, 2));
    server.mark(client.user.id, 'kitchen', 4);
    server.settle();
    counted(count(4, 2, 2));
    same([numbers(kitchen), kitchen.read.seq], [[0, 0, false], 4]);
    server.mark(client.user.id, 'kitchen', 1, true);
    server.settle();
    counted(count(4, 2, 2));
    await answerAll();
    counted(count(4, 2, 2));
    same([numbers(kitchen), kitchen.read.seq], [[3, 0, false], 1]);
});

test('numbers that say less than is known change nothing', () => {
    const unread = new Unread();
    unread.told({ head: 10, n: 10, read: { seq: 4, n: 4 }, unread: 6, mentions: 2 });
    unread.counted({ head: 8, n: 8, read: { seq: 4, n: 4 }, unread: 4, mentions: 0 });
    same([unread.count, unread.mentions, unread.uncertain], [6, 2, false]);
    unread.counted({ head: 12, n: 12, read: { seq: 4, n: 4 }, unread: 7, mentions: 3 });
    same([unread.count, unread.mentions, unread.uncertain], [7, 3, false], 'one was the own');
});
