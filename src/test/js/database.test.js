import { Database } from '../../main/webapp/js/store/database.js';
import { holds, same, test } from './harness.js';

const item = (id, order) => ({ id, order, room: 'lobby', type: 'post', text: id, state: 'waiting' });
let scopes = 0;

/** Pages of one browser, by their ids, at a database of their own. */
function pages(...ids) {
    const scope = `test-${++scopes}-${Math.random()}`;
    return ids.map((id) => new Database(scope, id));
}

test('what a page has left goes to one of those that ask for it, in its order', async () => {
    const [gone, alive, one, other] = pages('gone', 'alive', 'one', 'other');
    await gone.add(item('c-2', 2));
    await gone.add(item('c-1', 1));
    await alive.add(item('c-3', 3));
    const adopted = await Promise.all([one, other].map((page) => page.adopt((tab) => tab === 'gone')));
    same(adopted.map((items) => items.map(({ id }) => id)), [['c-1', 'c-2'], []]);
    same((await one.adopt((tab) => tab === 'one')).length, 0, 'its own it has');
    same((await other.adopt((tab) => tab === 'one')).map(({ id }) => id), ['c-1', 'c-2']);
});

test('what was stored before pages had ids is anybody\'s', async () => {
    const [page] = pages('page');
    const scope = `old-${Math.random()}`;
    await new Database(scope, undefined).add(item('c-1', 1));
    same((await new Database(scope, 'page').adopt(() => true)).map(({ id }) => id), ['c-1']);
    same(await page.adopt(() => true), []);
});

test('of two pages that send the same draft one puts it into the outbox', async () => {
    const both = pages('one', 'other');
    await both[0].exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'kopi' } }));
    const take = (page, id) => page.exchange('lobby', { id: 'w-1', turn: 1 }, (draft) => ({ draft: { text: '' }, item: draft && item(id, 1) }));
    same(await Promise.all([take(both[0], 'c-1'), take(both[1], 'c-2')]), [true, true]);
    same((await both[0].adopt(() => true)).length + (await both[1].adopt(() => true)).length, 1);
    same(await both[1].draft('lobby'), {});
});

test('a decision that fails changes nothing', async () => {
    const [page] = pages('page');
    await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'kopi' } }));
    same(await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'no' }, item: { order: 1 } })), false);
    same((await page.draft('lobby')).draft, { text: 'kopi' });
});

test('a browser that keeps nothing says so and holds nobody up', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
        throw new DOMException('No.', 'SecurityError');
    };
    const [page] = pages('page');
    IDBFactory.prototype.open = open;
    let decided = false;
    same([await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => (decided = true)), await page.draft('lobby'), await page.adopt(() => true)], [false, null, []]);
    holds(!decided, 'there is nothing to decide about');
});

test('how far a writer has come is kept with what it wrote, for whoever goes on, and not for ever', async () => {
    const [one, other] = pages('one', 'other');
    const write = (page, id, turn) => page.exchange('lobby', { id, turn }, () => ({ draft: { text: `${turn}` } }));
    await write(one, 'w-1', 1);
    await write(one, 'w-1', 2);
    await write(one, 'w-2', 7);
    await write(other, 'w-3', 3);
    same([await other.turn('w-1'), await other.turn('w-1'), await other.turn('w-9')], [2, 0, 0]);
    await other.tidy((tab) => tab === 'one');
    same([await other.turn('w-2'), await other.turn('w-3'), (await one.draft('lobby')).draft], [0, 3, { text: '3' }]);
});
