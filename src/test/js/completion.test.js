import { closedAt, emojiFor, emojiNamed, wantedAt } from '../../main/webapp/js/model/completion.js';
import { isWhole, namesIn, peopleFor } from '../../main/webapp/js/model/people.js';
import { same, test } from './harness.js';

const wanted = (text) => wantedAt(text, text.length);
const people = [
    { id: 'u-1', name: 'Ana' },
    { id: 'u-2', name: 'Ana Maria' },
    { id: 'u-3', name: '小梅' },
    { id: 'u-4', name: 'Émile Zola' },
];
const names = (word) => peopleFor(word, people).map(({ name }) => name);

test('somebody is called after an @, at the beginning, after a space or in the middle of Chinese', () => {
    same(wanted('@'), { type: 'person', word: '', from: 0 });
    same(wanted('hi @an'), { type: 'person', word: 'an', from: 3 });
    same(wanted('你好＠小'), { type: 'person', word: '小', from: 2 });
    same([wanted('ana@example'), wanted('@ ana'), wanted('@ana\n'), wanted('')], [null, null, null, null]);
});

test('text after the caret does not matter', () =>
    same(wantedAt('@an, are you there?', 3), { type: 'person', word: 'an', from: 0 }));

test('a face is looked for after a colon and two letters, or one Chinese sign', () => {
    same(wanted('good :sm'), { type: 'emoji', word: 'sm', from: 5 });
    same(wanted('好的:笑'), { type: 'emoji', word: '笑', from: 2 });
    same(wanted('：笑'), { type: 'emoji', word: '笑', from: 0 });
    same([':s', '10:30', 'http:ab', '他说：好', ':)'].map(wanted), [null, null, null, null, null]);
});

test('a name between two colons is found when it is closed', () => {
    same(closedAt('so :tada:', 9), { word: 'tada', from: 3 });
    same([closedAt('10:30:', 6), closedAt(':t:', 3), closedAt(':tada', 5)], [null, null, null]);
    same([emojiNamed('tada'), emojiNamed('nothing')], ['🎉', undefined]);
});

test('emoji are found by the beginning of any name, in English and Chinese', () => {
    same(
        emojiFor('sm').map(({ name }) => name),
        ['smile'],
    );
    same(emojiFor('微')[0].emoji, '🙂');
    same(emojiFor('kopi')[0].emoji, '☕');
    same(emojiFor('s', 3).length, 3);
});

test('people are found by the beginning of any word of their name, whatever its case and accents', () => {
    same(names('an'), ['Ana', 'Ana Maria']);
    same(names('MAR'), ['Ana Maria']);
    same(names('emi'), ['Émile Zola']);
    same(names('小'), ['小梅']);
    same(peopleFor('ana', [...people, people[0]]).length, 2, 'each once');
});

test('an exact name comes first, the others stay in their order', () => {
    const some = ['Ana 2', 'Budi Ana', 'Ana', 'Ana 3'].map((name) => ({ id: name, name }));
    same(
        peopleFor('ANA', some).map(({ name }) => name),
        ['Ana', 'Ana 2', 'Budi Ana', 'Ana 3'],
    );
    same(
        peopleFor('a', some).map(({ name }) => name),
        ['Ana 2', 'Budi Ana', 'Ana', 'Ana 3'],
    );
});

test('a name may go on after a space, as long as it fits', () => {
    same(wanted('hi @dewi Le'), { type: 'person', word: 'dewi Le', from: 3 });
    const some = ['Dewi', 'Dewi Lestari', 'Ayu Dewi Lestari'].map((name) => ({ id: name, name }));
    const fits = (word) => peopleFor(word, some).map(({ name }) => name);
    same(fits('dewi le'), ['Dewi Lestari', 'Ayu Dewi Lestari']);
    same(fits('dewi '), ['Dewi Lestari', 'Ayu Dewi Lestari']);
    same(fits('dewi kopi'), []);
    same(['dewi', 'DEWI ', 'dewi l', 'lestari', ''].map((word) => isWhole(word, some)), [true, true, false, false, false]);
});

test('an emoji is found behind the name of a person', () =>
    same(wanted('@ana :sm'), { type: 'emoji', word: 'sm', from: 5 }));

test('nobody is looked for in code and links, also while the code is open', () => {
    same(['`@bu', '``` \n@bu', 'https://example.org/@bu'].map(wanted), [null, null, null]);
    same(wantedAt('`@bu`', 4), null);
    same(wanted('`code` @bu'), { type: 'person', word: 'bu', from: 7 });
});

test('the names known in a room are all that those have had who are there, were heard or added, and oneself', () => {
    const room = {
        roster: { here: [{ id: 'u-1', name: 'Ana' }] },
        timeline: { entries: [{ from: { id: 'u-2', name: 'Budi' } }, { type: 'erased' }, { from: { id: 'u-1', name: 'Anna' }, user: { id: 'u-5', name: 'Rani' } }] },
    };
    const namesOf = namesIn(room, { id: 'u-3', name: 'Siti' });
    same(['u-1', 'u-2', 'u-3', 'u-4', 'u-5'].map(namesOf), [['Anna', 'Ana'], ['Budi'], ['Siti'], [], ['Rani']]);
});
