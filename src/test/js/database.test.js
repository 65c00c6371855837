import { Database } from '../../main/webapp/js/store/database.js';
import { holds, same, test } from './harness.js';

const item = (id, order) => ({ id, order, room: 'lobby', type: 'post', text: id, state: 'waiting' });
let scopes = 0;

/** Pages of one browser, by their ids, at a database of their own. */
function pages(...ids) {
    const scope = `test-${++scopes}-${Math.random()}`;
    return ids.map((id) => new Database(scope, id));
}

test('messages left by a page go to one of the pages that ask for them, in their order', async () => {
    const [gone, alive, one, other] = pages('gone', 'alive', 'one', 'other');
    await gone.add(item('c-2', 2));
    await gone.add(item('c-1', 1));
    await alive.add(item('c-3', 3));
    const adopted = await Promise.all([one, other].map((page) => page.adopt((tab) => tab === 'gone')));
    same(
        adopted.map((items) => items.map(({ id }) => id)),
        [['c-1', 'c-2'], []],
    );
    same((await one.adopt((tab) => tab === 'one')).length, 0, 'its own it has');
    same(
        (await other.adopt((tab) => tab === 'one')).map(({ id }) => id),
        ['c-1', 'c-2'],
    );
});

test('a page may be left some of its messages', async () => {
    const [gone, one] = pages('gone', 'one');
    for (const order of [1, 2, 3]) await gone.add(item(`c-${order}`, order));
    same(
        (await one.adopt((tab, { order }) => tab === 'gone' && order !== 2)).map(({ id }) => id),
        ['c-1', 'c-3'],
    );
    same(
        (await one.adopt(() => true)).map(({ id }) => id),
        ['c-2'],
    );
});

test('messages stored before pages had ids may be taken by any page', async () => {
    const [page] = pages('page');
    const scope = `old-${Math.random()}`;
    await new Database(scope, undefined).add(item('c-1', 1));
    same(
        (await new Database(scope, 'page').adopt(() => true)).map(({ id }) => id),
        ['c-1'],
    );
    same(await page.adopt(() => true), []);
});

test('of two pages that send the same draft one puts it into the outbox', async () => {
    const both = pages('one', 'other');
    await both[0].exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'kopi' } }));
    const take = (page, id) =>
        page.exchange('lobby', { id: 'w-1', turn: 1 }, (draft) => ({
            draft: { text: '' },
            item: draft && item(id, 1),
        }));
    same(await Promise.all([take(both[0], 'c-1'), take(both[1], 'c-2')]), [true, true]);
    same((await both[0].adopt(() => true)).length + (await both[1].adopt(() => true)).length, 1);
    same(await both[1].draft('lobby'), {});
});

test('a decision that fails changes nothing', async () => {
    const [page] = pages('page');
    await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'kopi' } }));
    same(
        await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'no' }, item: { order: 1 } })),
        false,
    );
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
    same(
        [
            await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => (decided = true)),
            await page.draft('lobby'),
            await page.adopt(() => true),
        ],
        [false, null, []],
    );
    holds(!decided, 'there is nothing to decide about');
});

/** The connections that databases use during `act`. */
async function connections(act) {
    const { transaction } = IDBDatabase.prototype;
    const used = new Set();
    IDBDatabase.prototype.transaction = function (...given) {
        used.add(this);
        return transaction.apply(this, given);
    };
    try {
        await act(used);
    } finally {
        IDBDatabase.prototype.transaction = transaction;
    }
}

test('a connection that the browser has ended is opened anew, whether it says so or not', () =>
    connections(async (used) => {
        const told = (connection) => connection.dispatchEvent(new Event('close'));
        for (const lose of [
            (connection) => connection.close(),
            told,
            (connection) => [connection.close(), told(connection)],
        ]) {
            used.clear();
            const [page, other] = pages('page', 'other');
            await page.add(item('c-0', 0));
            same(used.size, 1);
            for (let round = 1; round <= 3; round++) {
                lose([...used].at(-1));
                same(
                    await Promise.all([
                        page.add(item(`c-${2 * round}`, 2 * round)),
                        page.add(item(`c-${2 * round + 1}`, 2 * round + 1)),
                    ]),
                    [true, true],
                );
                same(used.size, 1 + round, 'one for both');
            }
            same(
                (await other.adopt(() => true)).map(({ order }) => order),
                [0, 2, 3, 4, 5, 6, 7],
            );
        }
    }));

test('a connection that does not come back at once comes back later', () =>
    connections(async (used) => {
        const { open } = IDBFactory.prototype;
        const [page] = pages('page');
        await page.add(item('c-1', 1));
        [...used][0].close();
        IDBFactory.prototype.open = () => {
            throw new DOMException('No.', 'UnknownError');
        };
        try {
            for (let round = 0; round < 3; round++) same(await page.add(item('c-2', 2)), false);
        } finally {
            IDBFactory.prototype.open = open;
        }
        same([await page.add(item('c-3', 3)), used.size], [true, 2]);
    }));

test('work during which the connection was lost is repeated once', () =>
    connections(async (used) => {
        const [page] = pages('page');
        await page.exchange('lobby', { id: 'w-1', turn: 1 }, () => ({ draft: { text: 'kopi' } }));
        [...used][0].close();
        let tries = 0;
        const fails = (name) => () => {
            tries++;
            throw new DOMException('No.', name);
        };
        const work = IDBDatabase.prototype.transaction;
        for (const [name, times] of [
            ['UnknownError', 2],
            ['InvalidStateError', 2],
            ['QuotaExceededError', 1],
        ]) {
            tries = 0;
            IDBDatabase.prototype.transaction = fails(name);
            same([await page.draft('lobby'), tries], [null, times], name);
            IDBDatabase.prototype.transaction = work;
            same((await page.draft('lobby')).draft, { text: 'kopi' });
        }
    }));

test('how far a writer has come is kept with what it wrote, for whoever goes on, and not for ever', async () => {
    const [one, other] = pages('one', 'other');
    const write = (page, id, turn) => page.exchange('lobby', { id, turn }, () => ({ draft: { text: `${turn}` } }));
    await write(one, 'w-1', 1);
    await write(one, 'w-1', 2);
    await write(one, 'w-2', 7);
    await write(other, 'w-3', 3);
    same([await other.turn('w-1'), await other.turn('w-1'), await other.turn('w-9')], [2, 2, 0]);
    await other.tidy((tab) => tab === 'one');
    same([await other.turn('w-2'), await other.turn('w-3'), (await one.draft('lobby')).draft], [0, 3, { text: '3' }]);
});

test('the rooms with something begun are those whose draft is not empty, without what the pages note of themselves', async () => {
    const [page, other] = pages('page', 'other');
    const draft = (text) => () => ({ draft: { text, people: [], reply: null, edit: null } });
    await page.exchange('lobby', { id: 'w-1', turn: 1 }, draft('half'));
    await page.exchange('kitchen', { id: 'w-1', turn: 2 }, draft('a thought'));
    same((await other.begun()).sort(), ['kitchen', 'lobby']);
    await other.exchange('lobby', { id: 'w-2', turn: 1 }, draft(''));
    same(await page.begun(), ['kitchen']);
});
