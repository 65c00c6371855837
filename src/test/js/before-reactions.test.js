import { EventDispatcher } from './before-reactions/net/event-dispatcher.js';
import { Inbox } from './before-reactions/net/inbox.js';
import { RoomSet } from './before-reactions/net/room-set.js';
import { holds, same, test } from './harness.js';

const ANA = { id: 'u-4f2k9q', name: 'Ana' };
const BUDI = { id: 'u-8x1c', name: 'Budi' };
const INBOX = `inbox.${ANA.id}`;

/** The library of before, of a user who has joined `lobby` and `kitchen`, with what its listeners are told. */
function client() {
    const told = [];
    let kept = { id: ANA.id };
    const identity = { load: () => kept, save: (more) => (kept = { ...kept, ...more }) };
    const nothing = new Proxy({}, { get: () => () => undefined });
    const rooms = new RoomSet(() => 0);
    const recounted = [];
    const parts = {
        rooms,
        inbox: new Inbox(identity),
        signIn: { userId: ANA.id, user: ANA, done: true, renamed() {}, interrupted() {} },
        outbox: nothing,
        typingAndReads: nothing,
        delivery: nothing,
        requests: { answered() {}, refused: () => true },
        joiner: nothing,
        directory: { recount: ({ name }) => recounted.push(name) },
        connection: { env: { setTimeout: () => 0, clearTimeout() {} } },
    };
    const dispatcher = new EventDispatcher({ parts, tell: (name, detail) => told.push([name, detail]) });
    parts.inbox.join(INBOX);
    rooms.add('lobby', 0);
    rooms.add('kitchen', 0);
    const hear = (...events) => {
        for (const event of events) dispatcher.event(structuredClone(event));
        dispatcher.frame();
    };
    const joined = { type: 'joined', epoch: 'e-7hq2', head: 0, n: 0, access: 'public', topic: '' };
    for (const room of ['lobby', 'kitchen', INBOX]) hear({ ...joined, room });
    return { rooms, hear, told, recounted, inbox: () => kept.inbox };
}

/** The entries of a log, numbered; `n` counts the messages. */
function log(room, ...entries) {
    let n = 0;
    return entries.map((entry, i) => ({
        room,
        seq: i + 1,
        n: (n += entry.type === 'message' ? 1 : 0),
        at: '2026-11-23T19:31:32.123Z',
        from: BUDI,
        ...entry,
    }));
}

const message = (text, more) => ({ type: 'message', text, ...more });
const reacted = (target, emoji, on = true) => ({ type: 'reacted', target, emoji, on });

test('a client of before shows the same messages, and counts the same, with reactions and titles among them', () => {
    const { rooms, hear, told, recounted } = client();
    const lobby = rooms.get('lobby');
    lobby.told({ head: 0, n: 0, read: { seq: 0, n: 0 }, unread: 0 });
    hear(
        ...log(
            'lobby',
            message('hi'),
            reacted(1, '🍵'),
            message('@all soto', { calls: 'all' }),
            reacted(1, '🍵', false),
            { type: 'changed', title: '大堂' },
            message('so do I', { replyTo: 3, call: false }),
            { type: 'appointed', user: ANA },
            { type: 'edited', target: 3, text: '@here soto', calls: 'here' },
            { type: 'erased', was: 'reacted' },
        ),
    );
    same(
        lobby.timeline.entries.filter(({ type }) => type === 'message').map(({ text }) => text),
        ['hi', '@here soto', 'so do I'],
    );
    same(lobby.timeline.position, { epoch: 'e-7hq2', after: 9 });
    same([lobby.unread, lobby.mentions, lobby.uncertain, lobby.timeline.hasGap], [3, 0, false, false]);
    same(told.filter(([name]) => name === 'message').length, 3);
    same(recounted, []);
});

test('a page of history with reactions is complete for a client of before, though it leaves entries out', () => {
    const { rooms, hear } = client();
    const { timeline } = rooms.get('lobby');
    const entries = log('lobby', message('hi'), reacted(1, '🍵'), reacted(1, '👍'), message('soto'), message('bakso'));
    hear({ type: 'joined', room: 'lobby', epoch: 'e-9mzx', head: 5, n: 3, access: 'public', topic: '' });
    const of = [{ emoji: '🍵', count: 2, users: [BUDI, ANA], mine: true }];
    const amends = [1, 4].map((seq) => ({ type: 'reactions', room: 'lobby', seq, of }));
    const page = { epoch: 'e-9mzx', head: 5, entries: [entries[0], entries[3]], amends };
    holds(timeline.take(page, { before: 5 }));
    same(
        timeline.entries.map(({ text, edited }) => [text, edited]),
        [
            ['hi', undefined],
            ['soto', undefined],
        ],
    );
    same(timeline.rangeOf(2), timeline.rangeOf(1));
});

test('the inbox of a client of before goes on over what it does not know', () => {
    const { rooms, hear, told, inbox } = client();
    const lobby = rooms.get('lobby');
    lobby.told({ head: 0, n: 0, read: { seq: 0, n: 0 }, unread: 0 });
    const count = { head: 9, n: 9, at: '2026-11-23T19:31:32.123Z', read: { seq: 0, n: 0 }, unread: 9, mentions: 9 };
    hear(
        ...log(
            INBOX,
            { type: 'mentioned', in: 'lobby', message: 1 },
            { type: 'replied', in: 'lobby', message: 2, to: 1 },
            { type: 'reaction', in: 'lobby', message: 2, emoji: '🍵' },
            { type: 'starred', in: 'lobby', on: true },
            { type: 'invited', in: 'garden' },
        ),
        { type: 'unread', room: INBOX, rooms: [{ room: 'lobby', ...count }] },
    );
    same(inbox(), { room: INBOX, epoch: 'e-7hq2', after: 5 });
    same([lobby.unread, lobby.mentions, lobby.uncertain], [0, 0, false]);
    const known = told.filter(([name]) => ['mentioned', 'invited'].includes(name));
    same(
        known.map(([name, { in: room }]) => `${name} ${room}`),
        ['mentioned lobby', 'invited garden'],
    );
});

test('no golden event of today stops a client of before', async () => {
    const response = await fetch(new URL('../resources/protocol/events.jsonl', import.meta.url));
    const events = (await response.text())
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    holds(events.some(({ type }) => type === 'reacted') && events.some(({ type }) => type === 'unread'));
    const { rooms, hear } = client();
    for (const event of events) if (event.type !== 'signed-in') hear(event);
    hear({ type: 'joined', room: 'lobby', epoch: 'e-new', head: 0, n: 0, access: 'public', topic: '' });
    hear(...log('lobby', message('still here')));
    same(rooms.get('lobby').timeline.entries.at(-1).text, 'still here');
});
