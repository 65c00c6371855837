import { Outbox } from '../../main/webapp/js/model/outbox.js';
import { rowsOf } from '../../main/webapp/js/model/rows.js';
import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { fakeTable, microtasks } from './fake-table.js';
import { always, holds, same, test } from './harness.js';

const EVENINGS = 200;
const BUDI = { id: 'u-other', name: 'Budi' };

const EMOJIS = ['🍵', '👍'];

/** What there is to be seen of a room, from a plain list: `[seq, text, is it edited?, reactions]`. */
function plain(room) {
    return room.entries.flatMap((entry) => {
        if (entry.type === 'changed') return [[entry.seq, entry.topic, false, '']];
        if (room.said.has(entry.seq) && entry.type === 'erased') return [[entry.seq, 'gone', false, '']];
        if (entry.type !== 'message') return [];
        const edit = room.entries.findLast(({ type, target }) => type === 'edited' && target === entry.seq);
        return [[entry.seq, (edit ?? entry).text, Boolean(edit), counts(room.reactions(entry.seq))]];
    });
}

const counts = (kinds) => kinds.map(({ emoji, count }) => `${emoji} ${count}`).join(' ');

const shown = ({ seq, text, topic, edited, deleted, reactions }) => [
    seq,
    deleted ? 'gone' : (text ?? topic),
    Boolean(edited),
    counts(reactions ?? []),
];

/**
 * Compares what a timeline has with the plain list. A tombstone at the edge of what is known may not be told from an
 * erased edit.
 */
function sameAsPlain({ timeline }, room) {
    const visible = ([seq, text]) => {
        const range = timeline.rangeOf(seq);
        return range && !(text === 'gone' && range.from === seq && !timeline.at(seq));
    };
    same(timeline.entries.map(shown), plain(room).filter(visible));
}

/** A store that keeps an outbox beyond its page. */
function shelf() {
    const stored = new Map();
    return {
        stored,
        add: (item) => stored.set(item.id, item),
        update: (item) => stored.set(item.id, item),
        remove: (id) => stored.delete(id),
    };
}

/** Moves time and lines on until the client has nothing left to do. */
async function comeToRest({ server, clock, client, line, come, answerAll }) {
    server.busy = () => false;
    server.most = Infinity;
    for (let i = 0; i < 60; i++) {
        clock.pass(1_000);
        if (line() && !line().user) come();
        server.settle();
        await answerAll();
        server.settle();
        for (const item of client.outbox.of('lobby')) if (item.state === 'failed') client.discard(item);
        if (client.status.phase === 'live' && client.outbox.of('lobby').length === 0 && i > 6) return;
    }
}

/** What can go wrong with a line. */
function troubles({ server, clock, client, line }, random) {
    return [
        () => line() && server.take(line()),
        () => line() && server.take(line()),
        () => line() && server.give(line(), 1 + random.below(4)),
        () => line() && server.give(line(), 1 + random.below(4)),
        () => clock.pass(random.below(1_500)),
        () => line() && !line().user && line().toClient.length === 0 && server.accept(line()),
        () => random.chance(0.3) && line() && server.cut(line()),
        () => random.chance(0.1) && client.wake(),
        () => random.chance(0.05) && client.connection.offline(),
        () => random.chance(0.2) && line() && server.skip(line(), 'lobby'),
        () => random.chance(0.1) && (server.most = random.chance(0.5) ? 3 : Infinity),
        () =>
            server.http.waiting.length > 0 &&
            server.http.deliver({ index: random.below(server.http.waiting.length), fails: random.chance(0.15) }),
    ];
}

/** What others do in the lobby. */
function others({ server }, random) {
    const somewhere = () => 1 + random.below(server.log.length + 1);
    const amend = (type, more) => {
        const target = somewhere();
        if (server.room('lobby').message(target)) server.amend(type, target, more);
    };
    return [
        () => server.say(`theirs ${server.log.length}`),
        () => amend('edited', { text: `theirs, better ${server.log.length}` }),
        () => random.chance(0.5) && amend('deleted'),
        () => {
            const target = somewhere();
            const from = random.pick([BUDI, { id: 'u-third', name: 'Cici' }]);
            if (server.room('lobby').message(target))
                server.react(target, random.pick(EMOJIS), random.chance(0.6), { from });
        },
        () =>
            random.chance(0.1) && server.append('lobby', 'changed', BUDI, undefined, { topic: `${server.log.length}` }),
        () =>
            random.chance(0.05) &&
            (server.room('lobby').first = Math.max(server.room('lobby').first, random.below(server.log.length + 1))),
    ];
}

test('nothing is lost, doubled or out of order, and all edits show, whatever breaks in whatever order', () =>
    always(EVENINGS, async (random) => {
        const store = shelf();
        const given = fakeTable({ outbox: new Outbox(store) });
        const { server, clock, client, room, connect } = given;
        const heard = new Set();
        const twice = [];
        const said = [];
        client.on('message', ({ message }) => {
            const key = `${room.timeline.epoch} ${message.seq}`;
            if (heard.has(key)) twice.push(key);
            heard.add(key);
        });
        server.busy = () => random.chance(0.1);
        server.ackFirst = () => random.chance(0.3);
        for (let i = random.below(120); i > 0; i--) random.pick(others(given, random))();
        connect();
        const somewhere = () => 1 + random.below(server.log.length + 5);
        const steps = [
            ...troubles(given, random),
            ...others(given, random),
            () =>
                said.push(
                    client.post(
                        'lobby',
                        `mine ${said.length}`,
                        random.chance(0.3) ? { replyTo: 1 + random.below(5) } : {},
                    ),
                ),
            () => said.push(client.post('lobby', `mine ${said.length}`)),
            () => said.push(client.edit('lobby', somewhere(), `mine, better ${said.length}`)),
            () => random.chance(0.5) && said.push(client.remove('lobby', somewhere())),
            () => void client.react('lobby', somewhere(), random.pick(EMOJIS), random.chance(0.6)).catch(() => {}),
            () =>
                random.chance(0.2) &&
                client.outbox
                    .of('lobby')
                    .filter(({ state }) => state === 'undoable')
                    .forEach((item) => client.discard(item)),
            () => random.chance(0.04) && server.restart(),
            () => client.earlier('lobby', random.pick([undefined, null, somewhere(), somewhere()])),
            () => client.later('lobby', somewhere()),
            () => client.around('lobby', somewhere()),
            () => client.fetchEntry('lobby', somewhere()).catch(() => null),
        ];
        for (let step = 0; step < 150; step++) {
            random.pick(steps)();
            await microtasks();
            holds(server.sockets.length <= 1, 'more than one socket');
            const { entries } = room.timeline;
            holds(
                entries.every(({ seq }, i) => i === 0 || seq > entries[i - 1].seq),
                'out of order',
            );
            const keys = rowsOf({ entries, pending: client.outbox.of('lobby'), me: client.user }).map(({ key }) => key);
            holds(new Set(keys).size === keys.length, `twice on the page: ${keys}`);
        }
        await comeToRest(given);
        same(
            [client.status.phase, client.outbox.of('lobby'), store.stored.size, twice, clock.timers],
            ['live', [], 0, [], 1],
        );
        same(
            [room.timeline.epoch, room.timeline.hasGap, room.timeline.position.after],
            [server.epoch, false, server.log.length],
        );
        sameAsPlain(room, server.room('lobby'));
        while (!room.timeline.live.begins) {
            client.earlier('lobby');
            await given.answerAll();
        }
        sameAsPlain(room, server.room('lobby'));
        const stranger = fakeTable({ server, clock, name: 'Citra' });
        stranger.connect();
        while (!stranger.room.timeline.live.begins) {
            stranger.client.earlier('lobby');
            await stranger.answerAll();
        }
        const first = ({ timeline }) => timeline.live.from;
        const from = Math.max(first(room), first(stranger.room)) + 1;
        const since = ({ timeline }) => timeline.entries.filter(({ seq }) => seq >= from).map(shown);
        same(since(room), since(stranger.room), 'not what one reads who comes now');
        for (const { id, state } of said) {
            const times = server.log.filter((entry) => entry.id === id).length;
            const acked = [...server.acked].some((key) => key.endsWith(` ${id}`));
            holds(
                times <= 1 && (acked || state === 'failed' || state === 'undoable'),
                `${id} is there ${times} times, ${state}`,
            );
        }
    }));

test('the unread count is the same in two tabs of one user, and the same as a plain recount', () =>
    always(EVENINGS, async (random) => {
        const identity = new MemoryIdentity('Ana');
        const one = fakeTable({ identity });
        const { server, clock } = one;
        one.connect();
        const me = one.client.user.id;
        for (let i = random.below(30); i > 0; i--)
            server.say(`before ${i}`, random.chance(0.3) ? { id: me, name: 'Ana' } : BUDI);
        if (server.log.length > 0) server.mark(me, 'lobby', 1 + random.below(server.log.length));
        const two = fakeTable({ server, clock, identity, rooms: random.chance(0.5) ? ['lobby'] : [] });
        two.connect();
        for (const { client } of [one, two]) client.rooms().catch(() => null);
        two.client.join('lobby', { last: 0 });
        const tables = [one, two];
        const read = (given) => {
            const { entries } = given.client.find('lobby').timeline;
            if (entries.length > 0) given.client.read('lobby', random.pick(entries).seq);
        };
        const restart = () => {
            if (tables.some(({ client }) => client.find('lobby').timeline.epoch === null)) return;
            while (server.http.waiting.length > 0) server.http.deliver({ fails: true });
            server.restart();
        };
        const steps = [
            ...tables.flatMap((given) => troubles(given, random)),
            ...others(one, random).slice(0, 3),
            () => server.say(`for me ${server.log.length}`, BUDI, { mentions: [me] }),
            () => random.pick(tables).client.post('lobby', 'mine'),
            () => read(one),
            () => read(two),
            () => random.chance(0.03) && restart(),
            () =>
                random.chance(0.3) &&
                random
                    .pick(tables)
                    .client.rooms()
                    .catch(() => null),
            () => random.pick(tables).client.earlier('lobby'),
        ];
        for (let step = 0; step < 120; step++) {
            random.pick(steps)();
            await microtasks();
            for (const { client } of tables) holds(client.find('lobby').unread >= 0, 'negative');
        }
        for (const given of [...tables, ...tables]) {
            await comeToRest(given);
            server.say('What could not be counted is asked for when something happens.');
        }
        for (const given of tables) await comeToRest(given);
        const mark = server.marks.get(`${me} lobby`);
        for (const { client } of tables) {
            const { read: is, unread, mentions, uncertain } = client.find('lobby');
            // where they never were, mentions alone count, and the server is not asked again for those that were missed
            const counted = mark ? server.room('lobby').unread(me, mark) : { unread: mentions, mentions };
            same([is, { unread, mentions }, uncertain], [mark ?? null, counted, false]);
        }
    }));
