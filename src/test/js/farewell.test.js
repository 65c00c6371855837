import { dispatch } from '../../main/webapp/js/elements/actions.js';
import { Drafts } from '../../main/webapp/js/page/drafts.js';
import { Farewell } from '../../main/webapp/js/store/farewell.js';
import { microtasks } from './fake-table.js';
import { same, test } from './harness.js';

let scopes = 0;
const left = (id) => ({ id, room: 'lobby' });
const names = (part) => Object.keys(localStorage).filter((name) => name.includes(part));

/** A browser of its own: `page(id)` is a page of it, `kept()` how much is kept there. */
function aBrowser() {
    const scope = `farewell-${++scopes}-${Math.random()}`;
    return {
        page: (id) => new Farewell(scope, id),
        kept: () => names(scope).length,
        damage: (tab) => localStorage.setItem(`warung:${scope}:undone:${tab}`, '{"id":'),
    };
}

/** Locks as a browser has them, or none, also where it has none because the page came over HTTP. */
async function withLocks(locks, act) {
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
    try {
        await act();
    } finally {
        delete navigator.locks;
    }
}

function fakeLocks() {
    const held = new Set();
    return {
        async request(name, { ifAvailable }, act) {
            if (held.has(name)) return ifAvailable ? act(null) : Promise.reject(new Error('Nobody waits.'));
            held.add(name);
            try {
                return await act({ name });
            } finally {
                held.delete(name);
            }
        },
    };
}

test('work left by a page is kept until it is done', async () => {
    for (const locks of [undefined, fakeLocks()]) {
        await withLocks(locks, async () => {
            const { page, kept } = aBrowser();
            page('gone').leave([left('w-1'), left('w-2')]);
            const begun = [];
            let done;
            const finished = page('next').finish(
                (undone) => begun.push(undone.id) && new Promise((resolve) => (done = resolve)),
            );
            await microtasks();
            same([begun.length, kept()], [1, 2]);
            done();
            await microtasks();
            same([begun.length, kept()], [2, 1]);
            done();
            same([await finished, begun.sort(), kept()], [true, ['w-1', 'w-2'], 0]);
        });
    }
});

test('work that cannot be read or done does not prevent the rest', async () => {
    const { page, kept, damage } = aBrowser();
    for (const tab of ['a', 'm', 'z']) damage(tab);
    page('gone').leave([left('w-1'), left('w-2'), left('w-3')]);
    const done = [];
    await page('next').finish(async ({ id }) => {
        if (id === 'w-2') throw new Error('It cannot be done.');
        done.push(id);
    });
    same([done.sort(), kept()], [['w-1', 'w-3'], 0]);
});

test('of two pages that come at once one does it, and neither waits for the other', () =>
    withLocks(fakeLocks(), async () => {
        const { page, kept } = aBrowser();
        page('gone').leave([left('w-1'), left('w-2')]);
        const done = [];
        const finish = (tab) => page(tab).finish(async ({ id }) => done.push(id));
        same(await Promise.all([finish('one'), finish('other')]), [true, false]);
        same([done.sort(), kept(), await finish('third')], [['w-1', 'w-2'], 0, true]);
    }));

test('locks that are refused let the page go on without', () =>
    withLocks({ request: async () => Promise.reject(new DOMException('No.', 'SecurityError')) }, async () => {
        const { page, kept } = aBrowser();
        page('gone').leave([left('w-1')]);
        same([await page('next').finish(() => {}), kept()], [false, 1]);
    }));

test('a page that goes on after all takes back what it has left, and only that', () => {
    const { page, kept } = aBrowser();
    page('one').leave([left('w-1'), left('w-2')]);
    page('other').leave([left('w-3')]);
    page('one').stay();
    same(kept(), 1);
    page('other').stay();
    same(kept(), 0);
});

test('unsaved drafts of rooms visited before are kept too', async () => {
    const drafts = new Drafts({ scope: '/', composer: () => ({ open() {}, follow: () => true }) });
    drafts.start();
    const [first, second, third] = ['a', 'b', 'c'].map((name) => `${name}-${Math.random()}`);
    try {
        for (const room of [first, second, third]) {
            drafts.open({ name: room });
            if (room !== second) dispatch(window, 'draft', { room, draft: { text: `in ${room}` } });
        }
        dispatchEvent(new PageTransitionEvent('pagehide'));
        const kept = names('undone:')
            .map((name) => JSON.parse(localStorage.getItem(name)))
            .filter(({ room }) => [first, second, third].includes(room));
        same(kept.map(({ room, changes }) => [room, changes.at(-1).left.text]).sort(), [
            [first, `in ${first}`],
            [third, `in ${third}`],
        ]);
    } finally {
        dispatchEvent(new PageTransitionEvent('pageshow'));
    }
});
