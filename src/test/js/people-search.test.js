import { peopleSearch } from '../../main/webapp/js/page/people-search.js';
import { same, test } from './harness.js';

const person = (name) => ({ id: `u-${name}`, name });
const [ANA, BUDI, BELA, BAYU] = ['Ana', 'Budi', 'Bela', 'Bayu'].map(person);
const ROOMS = [
    { roster: { here: [ANA, BUDI] }, with: null },
    { roster: { here: [BUDI] }, with: BELA },
];

/** A search by Ana, what it has offered as names, and the answers of the server that are awaited. */
function aSearch() {
    const offered = [];
    const asked = [];
    const people = (q) => new Promise((resolve, reject) => asked.push({ q, resolve, reject }));
    const search = peopleSearch({
        client: { user: ANA, people },
        rooms: { all: ROOMS },
        offer: (found) => offered.push(found.map(({ name }) => name).join(' ')),
    });
    return { search, offered, asked };
}

test('people in the same rooms are offered at once, each once and never oneself, others when the server has answered', async () => {
    const { search, offered, asked } = aSearch();
    const done = search('@b');
    same([offered, asked.map(({ q }) => q)], [['Budi Bela'], ['b']]);
    asked[0].resolve([BAYU, BUDI, ANA]);
    await done;
    same(offered, ['Budi Bela', 'Budi Bela Bayu']);
});

test('an answer to what is typed no more is not offered, whichever comes first', async () => {
    for (const turned of [false, true]) {
        const { search, offered, asked } = aSearch();
        const all = [search('b'), search('be')];
        const answers = [() => asked[0].resolve([BAYU]), () => asked[1].resolve([BELA])];
        for (const answer of turned ? answers.reverse() : answers) answer();
        await Promise.all(all);
        same(offered, ['Budi Bela', 'Bela', 'Bela'], `${turned}`);
    }
});

test('without a name nobody is asked, and a server that does not answer takes nothing away', async () => {
    const { search, offered, asked } = aSearch();
    await search('');
    same([offered, asked.length], [['Budi Bela'], 0]);
    const done = search('bu');
    asked[0].reject(new Error('No line.'));
    await done;
    same(offered, ['Budi Bela', 'Budi']);
});
