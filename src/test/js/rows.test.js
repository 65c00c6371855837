import { dayOf, rowsOf } from '../../main/webapp/js/model/rows.js';
import { same, test } from './harness.js';

const at = (minute, day = 23) => new Date(2026, 10, day, 12, minute).toISOString();
const entry = (seq, who, minute, more = {}) => ({ type: 'message', seq, at: at(minute), from: { id: who, name: who }, text: `${seq}`, ...more });
const shape = (rows) => rows.map((row) => row.type + (row.first ? '!' : ''));

test('what one person says in a row is one group, for five minutes', () => {
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
    same(rows.filter(({ type }) => type === 'day').map(({ day }) => day), ['2026-11-23', '2026-11-24']);
    same(dayOf(new Date(2026, 0, 5)), '2026-01-05');
});

test('a gap is said where it is, with its size', () => {
    const rows = rowsOf({ entries: [entry(1, 'ana', 0), entry(9, 'ana', 1)], gaps: [{ from: 2, to: 8 }] });
    same(shape(rows), ['day', 'message!', 'gap', 'message!']);
    same(rows[2].gap, { from: 2, to: 8 });
});

test('the line above what is new comes once', () => {
    const rows = rowsOf({ entries: [entry(1, 'ana', 0), entry(2, 'ana', 1), entry(3, 'ana', 1)], newFrom: 2 });
    same(shape(rows), ['day', 'message!', 'new', 'message!', 'message']);
});

test('our message keeps its key when it turns from pending into an entry', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const pending = rowsOf({ entries: [], pending: [{ id: 'c-7', at: at(0), text: 'hi' }], me });
    const entered = rowsOf({ entries: [entry(1, 'u-1', 0, { id: 'c-7' })], me });
    same(pending.at(-1).key, entered.at(-1).key);
    const stranger = rowsOf({ entries: [entry(1, 'u-2', 0, { id: 'c-7' })], me });
    same(stranger.at(-1).key, 's1', 'the same id of somebody else is another message');
});

test('pending messages go on with our group', () => {
    const me = { id: 'u-1', name: 'Ana' };
    const rows = rowsOf({ entries: [entry(1, 'u-1', 0, { from: me })], pending: [{ id: 'c-7', at: at(1), text: 'hi' }, { id: 'c-8', at: at(1), text: 'ho' }], me });
    same(shape(rows), ['day', 'message!', 'pending', 'pending']);
});
