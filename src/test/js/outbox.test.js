import { newItem, Outbox, undoableFor } from '../../main/webapp/js/model/outbox.js';
import { same, test } from './harness.js';

const post = (room, text) => ({ type: 'post', room, text });

test('ids are unlike each other and legal', () => {
    const outbox = new Outbox();
    const ids = Array.from({ length: 1_000 }, () => outbox.add(post('lobby', 'x')).id);
    same([new Set(ids).size, ids.every((id) => /^[!-~]{1,64}$/.test(id))], [1_000, true]);
});

test('stored messages are to be sent, failed ones have still failed', () => {
    const outbox = new Outbox();
    outbox.restore([
        { id: 'c-1', room: 'a', text: '1', state: 'sent' },
        { id: 'c-2', room: 'b', text: '2', state: 'failed', error: 'bad-text' },
    ]);
    same(outbox.rooms, ['a'], 'where something is under way');
    same([outbox.waiting('a').length, outbox.waiting('b').length], [1, 0]);
});

test('restored messages come before those written meanwhile, and once', () => {
    const outbox = new Outbox();
    const { id } = outbox.add(post('a', 'new'));
    outbox.restore([
        { id: 'c-1', room: 'a', text: 'old', state: 'waiting' },
        { id, room: 'a', text: 'new', state: 'waiting' },
    ]);
    same(
        outbox.of('a').map(({ text }) => text),
        ['old', 'new'],
    );
});

test('a message that the store has already stands where it was written, and once', () => {
    const outbox = new Outbox();
    const early = newItem(post('a', 'early'));
    outbox.add(post('a', 'late'));
    outbox.restore([early]);
    outbox.restore([early]);
    same(
        outbox.waiting('a').map(({ text }) => text),
        ['early', 'late'],
    );
});

test('an id that can never work is replaced when the user tries again', () => {
    const outbox = new Outbox();
    const item = outbox.add(post('a', 'x'));
    outbox.failed(item, 'id-conflict');
    const again = outbox.retry(item);
    same([again.id !== item.id, outbox.of('a').length, again.state], [true, 1, 'waiting']);
});

test('the store hears of everything', () => {
    const calls = [];
    const outbox = new Outbox({
        add: ({ text }) => calls.push(`add ${text}`),
        update: ({ state }) => calls.push(`update ${state}`),
        remove: () => calls.push('remove'),
    });
    const item = outbox.add(post('a', 'x'));
    outbox.sent(item, 'u-1');
    outbox.failed(item, 'bad-text');
    outbox.remove(item);
    same(calls, ['add x', 'update sent', 'update failed', 'remove']);
});

test('all kinds keep their order, and what they say', () => {
    const outbox = new Outbox();
    const said = [
        post('a', 'x'),
        { type: 'edit', room: 'a', target: 7, text: 'y', epoch: 'e-1' },
        { type: 'delete', room: 'a', target: 8, epoch: 'e-1' },
    ];
    for (const each of said) outbox.add(each);
    same(
        outbox.waiting('a').map(({ type, room, target, text, epoch }) => ({ type, room, target, text, epoch })),
        said,
    );
});

test('an undoable command is not sent until it is settled, or the page reloaded', () => {
    const stored = new Map();
    const outbox = new Outbox({
        add: (item) => stored.set(item.id, item),
        update() {},
        remove: (id) => stored.delete(id),
    });
    const settled = outbox.add({ type: 'delete', room: 'a', target: 1 }, 'undoable');
    const taken = outbox.add({ type: 'delete', room: 'a', target: 2 }, 'undoable');
    same(outbox.waiting('a'), []);
    const later = new Outbox();
    later.restore([...stored.values()]);
    same(later.waiting('a').length, 2);
    outbox.remove(taken);
    same([outbox.settle(settled), outbox.settle(taken), outbox.waiting('a').length, stored.size], [true, false, 1, 1]);
});

test('when a room is closed to us all that is under way there has failed', () => {
    const outbox = new Outbox();
    outbox.add(post('a', 'x'));
    outbox.add(post('b', 'y'));
    outbox.closed('a', 'not-a-member');
    same([outbox.of('a')[0].error, outbox.of('b')[0].error, outbox.rooms], ['not-a-member', null, ['b']]);
});

test('an undoable command stays so for a while, whatever the clock says meanwhile', () => {
    const at = '2026-11-23T12:00:00Z';
    const from = Date.parse(at);
    same(
        [0, 1_000, 5_500, 6_000, 60_000, -60_000].map((later) => undoableFor({ state: 'undoable', at }, from + later)),
        [6_000, 5_000, 500, 0, 0, 6_000],
    );
    same(
        ['waiting', 'sent', 'failed'].map((state) => undoableFor({ state, at }, from)),
        [0, 0, 0],
    );
});
