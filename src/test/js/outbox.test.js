import { Outbox } from '../../main/webapp/js/model/outbox.js';
import { same, test } from './harness.js';

test('ids are unlike each other and legal', () => {
    const outbox = new Outbox();
    const ids = Array.from({ length: 1_000 }, () => outbox.add('lobby', 'x').id);
    same([new Set(ids).size, ids.every((id) => /^[!-~]{1,64}$/.test(id))], [1_000, true]);
});

test('what was stored is to be sent, what had failed has still failed', () => {
    const outbox = new Outbox();
    outbox.restore([{ id: 'c-1', room: 'a', text: '1', state: 'sent' }, { id: 'c-2', room: 'b', text: '2', state: 'failed', error: 'bad-text' }]);
    same(outbox.rooms, ['a', 'b']);
    same([outbox.waiting('a').length, outbox.waiting('b').length], [1, 0]);
});

test('what is restored comes before what was written meanwhile, and once', () => {
    const outbox = new Outbox();
    const { id } = outbox.add('a', 'new');
    outbox.restore([{ id: 'c-1', room: 'a', text: 'old', state: 'waiting' }, { id, room: 'a', text: 'new', state: 'waiting' }]);
    same(outbox.of('a').map(({ text }) => text), ['old', 'new']);
});

test('an id that can never work is replaced when the user tries again', () => {
    const outbox = new Outbox();
    const item = outbox.add('a', 'x');
    outbox.failed(item, 'id-conflict');
    const again = outbox.retry(item);
    same([again.id !== item.id, outbox.of('a').length, again.state], [true, 1, 'waiting']);
});

test('the store hears of everything', () => {
    const calls = [];
    const outbox = new Outbox({ add: ({ text }) => calls.push(`add ${text}`), update: ({ state }) => calls.push(`update ${state}`), remove: () => calls.push('remove') });
    const item = outbox.add('a', 'x');
    outbox.sent(item, 'u-1');
    outbox.failed(item, 'bad-text');
    outbox.remove(item);
    same(calls, ['add x', 'update sent', 'update failed', 'remove']);
});
