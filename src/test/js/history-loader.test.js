import { fakeTable, microtasks } from './fake-table.js';
import { same, test } from './harness.js';

/** A table at which so much was said before. */
function table(said, options) {
    const given = fakeTable(options);
    for (let i = 1; i <= said; i++) given.server.say(`${i}`);
    given.connect();
    return given;
}

const asked = (server) => server.http.waiting.map(({ url }) => url.href);
const errorOf = (promise) =>
    promise.then(
        () => 'no error',
        ({ name, code }) => `${name} ${code}`,
    );

test('history comes in pages before what we have, down to the first entry', async () => {
    const { server, client, room, answerAll } = table(180);
    same([room.timeline.live.from, room.timeline.live.begins], [131, false]);
    const page = client.earlier('lobby');
    same(
        [room.reading, asked(server)],
        ['earlier', ['http://warung.test/api/rooms/lobby/messages?before=131&limit=100']],
    );
    client.earlier('lobby');
    same(server.http.waiting.length, 1, 'one at a time');
    await answerAll();
    await page;
    same([room.timeline.live.from, room.timeline.live.begins, room.reading], [31, false, null]);
    client.earlier('lobby');
    await answerAll();
    same([room.timeline.live.begins, room.timeline.entries.length], [true, 180]);
    client.earlier('lobby');
    same([server.http.waiting.length, room.timeline.position], [0, { epoch: 'e-1', after: 180 }]);
});

test('a jump reads what is around, and from there it goes on in both directions', async () => {
    const { server, client, room, answerAll } = table(600);
    const there = client.around('lobby', 200);
    same(
        [room.reading, asked(server)],
        ['around', ['http://warung.test/api/rooms/lobby/messages?after=149&limit=100']],
    );
    await answerAll();
    same([await there, room.timeline.rangeOf(200)], [true, { from: 150, to: 249, begins: false, ends: false }]);
    client.earlier('lobby', 200);
    await answerAll();
    client.later('lobby', 200);
    await answerAll();
    same([room.timeline.rangeOf(200).from, room.timeline.rangeOf(200).to], [50, 349]);
    same([await client.around('lobby', 210), server.http.waiting.length], [true, 0], 'what is here is not asked for');
    for (let i = 0; i < 3; i++) {
        client.later('lobby', 200);
        await answerAll();
    }
    same([room.timeline.rangeOf(200).to, room.timeline.rangeOf(200).ends], [600, true]);
});

test('where pages are short because messages are long, one gets on by their seqs', async () => {
    const { server, client, room, answerAll } = table(600);
    server.room('lobby').mostInPage = 7;
    const there = client.around('lobby', 200);
    await answerAll();
    same([await there, room.timeline.rangeOf(200).from], [true, 200], 'the page around it ended before it');
    const before = room.timeline.live.from;
    client.earlier('lobby');
    await answerAll();
    same([room.timeline.live.from, room.timeline.live.begins], [before - 7, false]);
    client.later('lobby', 200);
    await answerAll();
    same([room.timeline.rangeOf(200).to, room.timeline.rangeOf(200).ends], [213, false]);
});

test('a jump does not wait for a page that is on its way', async () => {
    const { server, client, room, answerAll } = table(600);
    client.earlier('lobby');
    client.around('lobby', 100);
    same([server.http.waiting.length, room.reading], [2, 'around']);
    await answerAll();
    same([room.reading, room.timeline.rangeOf(100) !== null, room.timeline.live.from], [null, true, 451]);
});

test('a jump to what is no longer kept, or never was, ends nowhere', async () => {
    const { server, client, room, answerAll } = table(600);
    server.room('lobby').first = 300;
    const gone = client.around('lobby', 100);
    await answerAll();
    same([await gone, room.readingFailed], [false, null]);
    const toCome = client.around('lobby', 5_000);
    await answerAll();
    same(await toCome, false);
});

test('a jump before the room is joined is not lost', async () => {
    const { server, client, room, come, answerAll } = fakeTable();
    for (let i = 1; i <= 600; i++) server.say(`${i}`);
    client.around('lobby', 100);
    await answerAll();
    client.start();
    come();
    same([room.timeline.rangeOf(100) !== null, room.timeline.live.from, room.timeline.live.to], [true, 551, 600]);
});

test('a page that cannot be read is said to have failed, and after coming back it may be tried again', async () => {
    const { server, client, room, clock, come } = table(80);
    client.earlier('lobby');
    server.http.deliver({ fails: true });
    await microtasks();
    same([room.reading, room.readingFailed, room.timeline.live.from], [null, 'unreachable', 31]);
    server.cut(server.line);
    clock.pass(clock.nextInMs);
    come();
    same(room.readingFailed, null);
});

test('a page of another log is not used', async () => {
    const { server, client, room, answerAll } = table(80);
    server.restart();
    server.say('new');
    client.earlier('lobby');
    await answerAll();
    same([room.readingFailed, room.timeline.live.from, room.timeline.entries.length], ['stale', 31, 50]);
});

test('a page that was made before what we have is asked for again', async () => {
    const { server, client, room, line, answerAll } = table(200);
    client.around('lobby', 100);
    for (let i = 0; i < 5; i++) server.say('passed over');
    server.skip(line(), 'lobby');
    server.say('after that');
    server.settle();
    same(room.timeline.live, { from: 206, to: 206, begins: false, ends: true });
    await answerAll();
    same([room.timeline.rangeOf(100) !== null, room.readingFailed], [true, null]);
});

test('a page before what we have that was made too early is asked for again', async () => {
    const { server, client, room, answerAll } = table(200);
    client.earlier('lobby');
    server.http.waiting[0].answer = [200, { ...server.http.waiting[0].answer[1], head: 100 }];
    await answerAll();
    same([room.readingFailed, room.timeline.live.from], [null, 51]);
});

test('nothing comes from what the browser has kept: the head beside the same messages is that of then', async () => {
    const { server, client } = table(200);
    client.around('lobby', 100);
    client.people('An');
    same(
        server.http.waiting.map(({ cache }) => cache),
        ['no-store', 'no-store'],
    );
});

test('a quoted message is fetched once, stays, and changes with its edits', async () => {
    const { server, client, room, answerAll } = table(200);
    const both = [client.fetchEntry('lobby', 100), client.fetchEntry('lobby', 100)];
    same(asked(server), ['http://warung.test/api/rooms/lobby/messages?after=98&limit=2']);
    await answerAll();
    same(
        (await Promise.all(both)).map(({ text }) => text),
        ['100', '100'],
    );
    server.amend('edited', 100, { text: 'new' });
    server.settle();
    same(
        [(await client.fetchEntry('lobby', 100)).text, room.timeline.at(100).text, server.http.waiting.length],
        ['new', 'new', 0],
    );
});

test('a quoted message that was deleted is a tombstone, one that is no longer kept is nothing', async () => {
    const { server, client, answerAll } = table(100);
    server.amend('deleted', 40);
    server.room('lobby').first = 20;
    const [deleted, gone] = [client.fetchEntry('lobby', 40), client.fetchEntry('lobby', 10)];
    await answerAll();
    same([(await deleted).deleted, await gone], [true, null]);
});

test('HTTP requests carry the token of the user, and errors have a code', async () => {
    const { server, client, answerAll } = table(1);
    server.room('kitchen').access = 'members';
    const refused = errorOf(client.room('kitchen'));
    same(server.http.waiting[0].headers, { Authorization: 'Bearer t-u-1' });
    await answerAll();
    same(await refused, 'ChatError not-a-member');
    const lost = errorOf(client.people('An'));
    server.http.deliver({ fails: true });
    same(await lost, 'ChatError unreachable');
});

test('hits are shown as they are now', async () => {
    const { server, client, answerAll } = table(3);
    server.say('soto tonight?');
    server.amend('edited', 4, { text: 'soto tomorrow?' });
    const found = client.search('lobby', 'soto', 100);
    same(asked(server), ['http://warung.test/api/rooms/lobby/messages?q=soto&before=100']);
    await answerAll();
    same(
        (await found).map(({ entry, around }) => [entry.text, around.map(({ text }) => text)]),
        [['soto tomorrow?', ['3']]],
    );
});

test('people are found by how their names begin', async () => {
    const { client, answerAll } = table(1);
    const found = client.people('Bu');
    await answerAll();
    same(await found, [{ id: 'u-other', name: 'Budi' }]);
});
