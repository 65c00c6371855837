import { dayOf } from '../../main/webapp/js/model/calendar.js';
import { rowsOf } from '../../main/webapp/js/model/rows.js';
import { shownOf } from '../../main/webapp/js/model/shown.js';
import { same, test } from './harness.js';

const at = (minute, day = 23) => new Date(2026, 10, day, 12, minute).toISOString();
const entry = (seq, who, minute, more = {}) => ({
    type: 'message',
    seq,
    at: at(minute),
    from: { id: who, name: who },
    text: `${seq}`,
    ...more,
});
const shape = (rows) => rows.map((row) => row.type + (row.first ? '!' : ''));

test('messages of one person in a row are one group, for five minutes', () => {
    const entries = [entry(1, 'ana', 0), entry(2, 'ana', 4), entry(3, 'budi', 5), entry(4, 'budi', 11)];
    same(shape(rowsOf({ entries })), ['day', 'message!', 'message', 'message!', 'message!']);
});

test('a new name begins a new group', () => {
    const renamed = { ...entry(2, 'ana', 1), from: { id: 'ana', name: 'Ana Maria' } };
    same(shape(rowsOf({ entries: [entry(1, 'ana', 0), renamed] })), ['day', 'message!', 'message!']);
});

test('each day begins with its name, in local time', () => {
    const entries = [entry(1, 'ana', 0), { ...entry(2, 'ana', 1), at: at(0, 24) }];
    const rows = rowsOf({ entries });
    same(shape(rows), ['day', 'message!', 'day', 'message!']);
    same(
        rows.filter(({ type }) => type === 'day').map(({ day }) => day),
        ['2026-11-23', '2026-11-24'],
    );
    same(dayOf(new Date(2026, 0, 5)), '2026-01-05');
});

test('the line above what is new comes once, at the first entry that is', () => {
    const entries = [entry(1, 'ana', 0), entry(4, 'ana', 1), entry(5, 'ana', 1)];
    same(shape(rowsOf({ entries, newFrom: 2 })), ['day', 'message!', 'new', 'message!', 'message']);
    same(shape(rowsOf({ entries, newFrom: 1 })), ['day', 'new', 'message!', 'message', 'message']);
});

test('when what is new begins above what is shown, there is no line', () => {
    same(shape(rowsOf({ entries: [entry(4, 'ana', 1)], newFrom: 2 })), ['day', 'message!']);
});

test('a room event is a quiet line, and ends a group', () => {
    const topic = { ...entry(2, 'ana', 1), type: 'changed', topic: 'Soto' };
    const rows = rowsOf({ entries: [entry(1, 'ana', 0), topic, entry(3, 'ana', 1)] });
    same(shape(rows), ['day', 'message!', 'quiet', 'message!']);
    same(rows[2].entry, topic);
});

test('a tombstone has no author, and does not end a group', () => {
    const gone = { type: 'erased', seq: 2, n: 2, deleted: true };
    const rows = rowsOf({ entries: [gone, entry(3, 'ana', 0), { ...gone, seq: 4 }, entry(5, 'ana', 1)] });
    same(shape(rows), ['message', 'day', 'message!', 'message', 'message']);
    same(
        rows.filter(({ type }) => type === 'message').map(({ deleted }) => deleted),
        [true, false, true, false],
    );
});

test('an edited message says when, an answered one to what, and who is meant sees it', () => {
    const [, row] = rowsOf({
        entries: [entry(2, 'ana', 0, { edited: at(1), replyTo: 1, mentions: ['u-1'] })],
        me: { id: 'u-1', name: 'Budi' },
    });
    same([row.edited, row.entry.replyTo, row.mentioned, row.own], [at(1), 1, true, false]);
});

test('a message has the names of the people it mentions, where they are known', () => {
    const namesOf = (id) => ({ 'u-1': ['Budi', 'Budi Santoso'] })[id];
    const pending = [{ type: 'post', id: 'p', at: at(1), text: '@Budi', mentions: ['u-1'] }];
    const rows = rowsOf({
        entries: [entry(1, 'ana', 0, { mentions: ['u-1', 'u-2', 'u-3'], names: { 'u-3': 'Rani' } }), entry(2, 'ana', 0)],
        pending,
        namesOf,
    });
    same(
        rows.slice(1).map(({ called }) => called.map(({ name }) => name)),
        [['Budi', 'Budi Santoso', 'Rani'], [], ['Budi', 'Budi Santoso']],
    );
});

test('an answer begins a group and quotes its source, when that is here', () => {
    const entries = [entry(1, 'ana', 0), entry(2, 'ana', 0, { replyTo: 1 }), entry(3, 'ana', 0)];
    const rows = rowsOf({
        entries,
        pending: [{ id: 'c-7', type: 'post', at: at(0), text: 'hi', replyTo: 9 }],
        sourceOf: (seq) => entries[seq - 1],
    });
    same(shape(rows), ['day', 'message!', 'message!', 'message', 'pending!']);
    same(
        rows.map(({ quote }) => quote),
        [undefined, null, { seq: 1, source: entries[0] }, null, { seq: 9, source: null }],
    );
});

test('an edit mentions too, at once', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const pending = [{ id: 'c-1', type: 'edit', target: 1, text: '@Budi', mentions: ['u-2'], at: at(1), state: 'sent' }];
    const [, row] = rowsOf({ entries: [entry(1, 'u-1', 0)], pending, me, namesOf: () => ['Budi'] });
    same(row.called, [{ id: 'u-2', name: 'Budi' }]);
    const shown = shownOf(entry(1, 'ana', 0, { mentions: ['u-3'], names: { 'u-3': 'Rani' } }), {
        ...pending[0],
        names: { 'u-2': 'Budi' },
    });
    same([shown.mentions, shown.names], [['u-3', 'u-2'], { 'u-3': 'Rani', 'u-2': 'Budi' }]);
});

test('our own edit shows at once, and no longer when it is refused', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const entries = [entry(1, 'u-1', 0)];
    const edit = (state) => ({ id: 'c-1', type: 'edit', target: 1, text: 'better', at: at(1), state });
    const [, under] = rowsOf({ entries, pending: [edit('sent')], me });
    same([under.text, under.edited, under.change.id, under.failed], ['better', at(1), 'c-1', null]);
    const [, refused] = rowsOf({ entries, pending: [edit('failed')], me });
    same([refused.text, refused.edited, refused.change, refused.failed.id], ['1', null, null, 'c-1']);
});

test('our own delete shows at once, as long as it may be taken back too', () => {
    const item = { id: 'c-1', type: 'delete', target: 1, at: at(1), state: 'undoable' };
    const rows = rowsOf({ entries: [entry(1, 'u-1', 0)], pending: [item], me: { id: 'u-1', name: 'Ana' } });
    same([rows.length, rows[1].deleted, rows[1].change.state], [2, true, 'undoable']);
});

test('our message keeps its key when it turns from pending into an entry', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const pending = rowsOf({ entries: [], pending: [{ id: 'c-7', type: 'post', at: at(0), text: 'hi' }], me });
    const entered = rowsOf({ entries: [entry(1, 'u-1', 0, { id: 'c-7' })], me });
    same(pending.at(-1).key, entered.at(-1).key);
    const stranger = rowsOf({ entries: [entry(1, 'u-2', 0, { id: 'c-7' })], me });
    same(stranger.at(-1).key, 's1', 'the same id of somebody else is another message');
});

test('pending messages go on with our group', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const rows = rowsOf({
        entries: [entry(1, 'u-1', 0, { from: me })],
        pending: [
            { id: 'c-7', type: 'post', at: at(1), text: 'hi' },
            { id: 'c-8', type: 'post', at: at(1), text: 'ho' },
        ],
        me,
    });
    same(shape(rows), ['day', 'message!', 'pending', 'pending']);
});

test('a post that is among the entries is not pending as well', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const rows = rowsOf({
        entries: [entry(1, 'u-1', 0, { id: 'c-7' })],
        pending: [{ id: 'c-7', type: 'post', at: at(0), text: 'hi' }],
        me,
    });
    same(shape(rows), ['day', 'message!']);
});

test('an entry that makes no sense is a plain row, and the others are as they would be', () => {
    const senseless = [
        entry(2, 'ana', 1, { mentions: 7 }),
        entry(2, 'ana', 1, { mentions: [1], id: 'c' }),
        { seq: 2, at: at(1), mentions: { map: null } },
    ];
    const namesOf = () => {
        throw new TypeError('There are no names.');
    };
    for (const each of senseless) {
        const rows = rowsOf({ entries: [entry(1, 'ana', 0), each, entry(3, 'ana', 1)], namesOf });
        same(shape(rows), ['day', 'message!', 'plain', 'message']);
        same([rows[2].key, rows[2].entry], ['s2', each]);
    }
});

test('what a refused change has left on a message goes with it, also where rows are kept', () => {
    const memo = new WeakMap();
    const entries = [entry(1, 'ana', 0)];
    const refused = { type: 'edit', id: 'e1', target: 1, text: 'better', state: 'failed' };
    const shown = (pending) => rowsOf({ entries, pending, memo }).find(({ type }) => type === 'message').failed;
    same(shown([]), null);
    same(shown([refused])?.id, 'e1');
    same(shown([]), null);
});
