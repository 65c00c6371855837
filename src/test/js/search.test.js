import { Search } from '../../main/webapp/js/model/search.js';
import { same, test } from './harness.js';

const hit = (seq) => ({ entry: { seq }, around: [] });
const page = (from, size = 20) => Array.from({ length: size }, (_, i) => hit(from - i));

/** A search whose questions are answered by hand. */
function searching() {
    const asked = [];
    const search = new Search(
        (query, before) => new Promise((resolve, reject) => asked.push({ query, before, resolve, reject })),
        () => {},
    );
    return { search, asked };
}

test('a search has hits, and more on demand until there are no more', async () => {
    const { search, asked } = searching();
    search.begin('soto');
    same([search.state, asked[0].query, asked[0].before], ['asking', 'soto', undefined]);
    await asked[0].resolve(page(100));
    await null;
    same([search.state, search.hits.length], ['some', 20]);
    search.more();
    same(asked[1].before, 81);
    await asked[1].resolve(page(80, 3));
    await null;
    same([search.state, search.hits.length, search.hits.at(-1).entry.seq], ['all', 23, 78]);
});

test('a page that is short because its messages are long has more behind it', async () => {
    const { search, asked } = searching();
    search.begin('soto');
    await asked[0].resolve(Object.assign(page(100, 3), { more: true }));
    await null;
    same([search.state, search.hits.length], ['some', 3]);
    search.more();
    same(asked[1].before, 98);
    await asked[1].resolve(Object.assign(page(97, 20), { more: false }));
    await null;
    same([search.state, search.hits.length], ['all', 23]);
});

test('the answer to a question that nobody asks any more is passed over', async () => {
    const { search, asked } = searching();
    search.begin('so');
    search.begin('soto');
    await asked[1].resolve([hit(7)]);
    await asked[0].resolve([hit(1)]);
    await null;
    same([search.query, search.hits.map(({ entry }) => entry.seq)], ['soto', [7]]);
});

test('a failed search can be repeated, and an empty one asks nothing', async () => {
    const { search, asked } = searching();
    search.begin('soto');
    asked[0].reject({ code: 'unreachable' });
    await null;
    await null;
    same([search.state, search.error], ['failed', 'unreachable']);
    search.more();
    same([asked.length, asked[1].before, search.state], [2, undefined, 'asking']);
    search.begin('');
    same([search.state, asked.length], ['idle', 2]);
});

test('a search of which one page is incomplete is so, until something else is asked', async () => {
    const { search, asked } = searching();
    search.begin('soto');
    await asked[0].resolve(Object.assign(page(100), { incomplete: true }));
    await null;
    same([search.state, search.incomplete], ['some', true]);
    search.more();
    await asked[1].resolve(page(80, 3));
    await null;
    same([search.state, search.incomplete, search.hits.length], ['all', true, 23]);
    search.begin('nasi');
    same(search.incomplete, false);
});

test('the same asked twice is answered once', async () => {
    const { search, asked } = searching();
    search.begin('soto');
    search.begin('soto');
    await asked[0].resolve([hit(7)]);
    await asked[1].resolve([hit(7)]);
    await null;
    same(
        search.hits.map(({ entry }) => entry.seq),
        [7],
    );
});
