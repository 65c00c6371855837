import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { Unread } from '../../main/webapp/js/model/unread.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

/** Somebody who has read all 9 messages of the lobby, and `next()`: their next page at the same server. */
function reader() {
    const identity = new MemoryIdentity('Ana');
    const page = fakeTable({ identity });
    const { server, clock, client } = page;
    for (let i = 1; i <= 9; i++) server.say(`${i}`);
    page.connect();
    client.read('lobby', 9);
    clock.pass(5_000);
    server.settle();
    return { identity, ...page, next: () => fakeTable({ identity, server, clock }) };
}

async function back({ client, server }, seq) {
    const going = client.readBack('lobby', seq);
    server.settle();
    await going;
}

test('what was read is unread again, on all pages, and is read again later', async () => {
    const page = reader();
    const other = page.next();
    other.connect();
    await back(page, 4);
    same([page.room.read.seq, page.room.unread, other.room.read.seq, other.room.unread], [4, 5, 4, 5]);
    other.client.read('lobby', 9);
    page.clock.pass(5_000);
    page.server.settle();
    same([page.room.read.seq, page.room.unread], [9, 0]);
});

test('everything can be unread again without leaving the room', async () => {
    const page = reader();
    await back(page, 0);
    same([page.room.read, page.room.unread], [{ seq: 0, n: 0 }, 9]);
});

test('what is said of other rooms does not go back again', async () => {
    const page = reader();
    await back(page, 4);
    page.client.read('lobby', 7);
    const said = page.server.reads(page.client.user.id);
    page.server.tell(said.room, { ...said, rooms: [{ room: 'lobby', seq: 4, n: 4, back: true }] });
    page.server.settle();
    page.clock.pass(5_000);
    page.server.settle();
    same([page.room.read.seq, page.server.marks.get(`${page.client.user.id} lobby`).seq], [7, 7]);
});

test('a position that waits to be sent, or is kept for the next page, does not undo it', async () => {
    const page = reader();
    page.server.say('10');
    page.server.settle();
    page.client.read('lobby', 10);
    await back(page, 4);
    page.clock.pass(5_000);
    page.server.settle();
    page.client.stop();
    const later = page.next();
    later.connect();
    same([later.room.read.seq, later.server.marks.get(`${page.client.user.id} lobby`).seq], [4, 4]);
});

test('numbers of the server from before it knew leave the mark where it is', () => {
    const unread = new Unread();
    unread.told({ head: 9, n: 9, read: { seq: 9, n: 9 }, unread: 0 });
    same(unread.readBack({ seq: 4, n: 4 }), true);
    unread.told({ head: 9, n: 9, read: { seq: 9, n: 9 }, unread: 0 });
    same([unread.read.seq, unread.uncertain], [4, true]);
    unread.told({ head: 9, n: 9, read: { seq: 4, n: 4 }, unread: 3, mentions: 1 });
    same([unread.read.seq, unread.count, unread.mentions, unread.uncertain], [4, 3, 1, false]);
    same(unread.readBack({ seq: 4, n: 4 }), false);
});

test('a page where messages become unread again hears of it once, and one that comes later does not', async () => {
    const page = reader();
    const other = page.next();
    other.connect();
    const heard = [];
    const listen = ({ client }, who) => client.on('read-back', (each) => heard.push(`${who} ${each.in} ${each.seq}`));
    listen(other, 'other');
    other.client.read('lobby', 9);
    page.server.settle();
    await back(page, 4);
    page.server.tell(`inbox.${page.client.user.id}`, page.server.reads(page.client.user.id));
    page.server.settle();
    same(heard, ['other lobby 4']);
    const later = page.next();
    listen(later, 'later');
    later.connect();
    same([later.room.read.seq, heard.length], [4, 1]);
});

test('what is before the first message that is loaded can be where one goes back to', async () => {
    const page = reader();
    for (let i = 10; i <= 99; i++) page.server.say(`${i}`);
    page.client.stop();
    const later = page.next();
    later.connect();
    same(later.room.timeline.live.from, 50);
    later.client.read('lobby', 99);
    await back(later, 49);
    same([later.room.read, later.room.unread], [{ seq: 49, n: 49 }, 50]);
});
