import { Activity, withReactions } from '../../main/webapp/js/model/activity.js';
import { fakeTable, microtasks } from './fake-table.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-2', name: 'Budi' };
const CITRA = { id: 'u-3', name: 'Citra' };
const AT = '2026-11-23T12:00:00Z';

const entry = (seq, type, more) => ({ seq, type, at: AT, from: BUDI, in: 'lobby', message: 10 + seq, ...more });
const page = (entries, more) => ({ epoch: 'e-1', entries, begins: false, ...more });
const NOTHING_READ = () => false;
const NONE = new Set();

test('there is one row for each entry, the newest first, and one for all reactions to a message', () => {
    const activity = new Activity();
    activity.take(
        page([
            entry(6, 'reaction', { from: CITRA, message: 7, emoji: '🍵' }),
            entry(5, 'starred', { message: null }),
            entry(4, 'replied'),
            entry(3, 'reaction', { message: 7, emoji: '👍' }),
            entry(2, 'reaction', { message: 7, emoji: '🍵', in: 'yard' }),
            entry(1, 'reaction', { message: 7, emoji: '😄' }),
        ]),
    );
    same(
        activity.rows(0, NOTHING_READ).map(({ seq, room, people, emojis }) => [seq, room, people.map(({ name }) => name), emojis]),
        [
            [6, 'lobby', ['Citra', 'Budi'], ['🍵', '👍', '😄']],
            [4, 'lobby', ['Budi'], []],
            [2, 'yard', ['Budi'], ['🍵']],
        ],
    );
});

test('who has reacted since is named as well, oneself is not', () => {
    const activity = new Activity();
    activity.take(page([entry(1, 'reaction', { emoji: '🍵' })]));
    const [row] = activity.rows(0, NOTHING_READ);
    const message = { reactions: [{ emoji: '🍵', users: [BUDI, CITRA] }, { emoji: '👍', users: [{ id: 'u-1', name: 'Ana' }] }] };
    const { people, emojis } = withReactions(row, message, 'u-1');
    same([people.map(({ name }) => name), emojis], [['Budi', 'Citra'], ['🍵', '👍']]);
    same(withReactions(row, null, 'u-1'), row);
});

test('calls count that were read neither in their room nor in the list; an invitation or a reaction is news', () => {
    const activity = new Activity();
    activity.take(page([entry(4, 'mentioned', { edit: 30 }), entry(3, 'replied'), entry(2, 'reaction'), entry(1, 'mentioned')]));
    same(activity.unread(NOTHING_READ, NONE), { calls: 3, news: true });
    same(activity.unread((room, seq) => seq <= 20, NONE), { calls: 1, news: true }, 'the edit is at 30');
    same(activity.unread(NOTHING_READ, new Set(['lobby'])), { calls: 0, news: false }, 'muted');
    activity.mark = 2;
    same(activity.unread(NOTHING_READ, NONE), { calls: 2, news: false });
    activity.hear(entry(5, 'invited', { message: null }));
    activity.hear(entry(5, 'invited', { message: null }));
    same([activity.unread(NOTHING_READ, NONE), activity.rows(0, NOTHING_READ).length], [{ calls: 2, news: true }, 5]);
});

test('what is new in the list is what the count counts', () => {
    const activity = new Activity();
    const calls = [entry(6, 'mentioned', { edit: 30 }), entry(5, 'replied'), entry(4, 'mentioned')];
    activity.take(page([...calls, entry(3, 'reaction', { message: 7 }), entry(2, 'invited'), entry(1, 'replied')]));
    activity.mark = 1;
    const isRead = (room, seq) => seq <= 15;
    same(activity.unread(isRead, NONE), { calls: 1, news: true });
    const fresh = activity.rows(1, isRead).filter((row) => row.fresh);
    same(fresh.map(({ seq }) => seq), [6, 3, 2]);
});

test('pages join, one that nothing leads to begins anew, and so does another log', () => {
    const activity = new Activity();
    activity.take(page([entry(6, 'replied'), entry(5, 'replied')]));
    activity.take(page([entry(4, 'replied'), entry(3, 'replied')]));
    activity.take(page([], { begins: true }));
    activity.take(page([entry(7, 'replied'), entry(6, 'replied')]));
    same([activity.newest, activity.oldest, activity.begins, activity.rows(0, NOTHING_READ).length], [7, 3, true, 5]);
    activity.take(page([entry(20, 'replied'), entry(19, 'replied')]));
    same([activity.newest, activity.oldest, activity.begins], [20, 19, false]);
    activity.mark = 20;
    activity.take(page([entry(2, 'replied'), entry(1, 'replied')], { epoch: 'e-2', begins: true }));
    same([activity.mark, activity.newest, activity.begins], [0, 2, true]);
});

test('the inbox is read back in pages, and how far it was read is the same on all pages', async () => {
    const { server, client, connect, answerAll, next } = aPerson();
    connect();
    const inbox = `inbox.${client.user.id}`;
    same(await answered(client.inboxRead(), answerAll), 0);
    for (let i = 1; i <= 5; i++) server.append(inbox, 'mentioned', BUDI, null, { in: 'lobby', message: i });
    server.settle();
    const latest = await answered(client.inbox({ limit: 3 }), answerAll);
    same([latest.entries.map(({ seq }) => seq), latest.begins], [[5, 4, 3], false]);
    const earlier = await answered(client.inbox({ limit: 3, before: 3 }), answerAll);
    same([earlier.entries.map(({ seq }) => seq), earlier.begins], [[2, 1], true]);
    const other = next();
    other.connect();
    const heard = [];
    for (const name of ['inbox-read', 'visited']) other.client.on(name, (each) => heard.push([name, each]));
    const reading = client.readInbox(4);
    server.settle();
    await reading;
    same(heard, [['inbox-read', { seq: 4 }]]);
    same(await answered(other.client.inboxRead(), answerAll), 4);
});

/** Ana, and `next()`: her next page at the same server. */
function aPerson() {
    let kept = {};
    const identity = { load: () => ({ name: 'Ana', ...kept }), save: (some) => (kept = { ...kept, ...some }) };
    const table = fakeTable({ identity });
    return { ...table, next: () => fakeTable({ identity, server: table.server, clock: table.clock }) };
}

async function answered(asking, answerAll) {
    await answerAll();
    await microtasks();
    return asking;
}
