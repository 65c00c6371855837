import { Announcer } from '../../main/webapp/js/elements/announcer.js';
import { mergeTexts } from '../../main/webapp/js/model/draft.js';
import { cut, cutToEnd, graphemes } from '../../main/webapp/js/model/graphemes.js';
import { excerptOf, snippetOf } from '../../main/webapp/js/model/text.js';
import { always, holds, same, test } from './harness.js';

/** What people see as one character, from one UTF-16 unit to many. */
const ONE = ['a', '-', '字', '𠮷', 'e\u0301', '👍🏽', '👩‍👩‍👧', '🇮🇩', '❤️', '1️⃣', 'नि', '각', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ﷺ', '。'];
/** What is left of one of these when it is cut. */
const PARTS = /[\ud800-\udfff]|\u200d$|^[\p{M}\u200d\ufe0f]/u;

const mixed = (random, most) => ['a', ...Array.from({ length: random.below(most) }, () => random.pick(ONE))];

test('a text is cut between the characters that people see', () =>
    always(500, (random) => {
        const all = mixed(random, 20);
        const most = random.below(22);
        const text = all.join('');
        same(graphemes(text), all);
        same([cut(text, most), cutToEnd(text, most + 1)], [all.slice(0, most).join(''), all.slice(-most - 1).join('')]);
    }));

test('excerpts, snippets and merged drafts have no parts of characters', () =>
    always(300, (random) => {
        const text = mixed(random, 700).join('');
        const snippet = snippetOf(`${text} soto ${text}`, 'soto').map((piece) => piece.text.replace(/^…/, ''));
        const mine = text.replaceAll('👍🏽', '👍🏿').replaceAll('👩‍👩‍👧', '👩‍👧');
        const merged = mergeTexts(text, mine, text.replace('🇮🇩', '🇮🇩x'));
        for (const each of [excerptOf(text), ...snippet, merged]) holds(!PARTS.test(each), JSON.stringify(each));
        same(graphemes(excerptOf(text)), graphemes(text).slice(0, 160));
    }));

test('two changes of one emoji at once leave no third one', () =>
    same(mergeTexts('so 👍🏽!', 'so 👍🏿!', 'so 👍🏻!').replace(/👍🏿|👍🏻/gu, ''), 'so !'));

test('a hit in an emoji marks it whole', () => {
    for (const [text, query] of [
        ['so 👩‍👩‍👧 today', '👧'],
        ['so 👍🏽 today', '👍'],
        ['so 🇮🇩 today', '🇮'],
    ]) {
        const [before, hit, after] = snippetOf(text, query);
        same([before.text, hit.text, hit.hit, after.text], ['so ', text.slice(3, -6), true, ' today']);
    }
});

test('an announcement of a long message ends with a whole character', async () => {
    const regions = ONE.map(() => ({ textContent: '' }));
    ONE.forEach((one, i) => new Announcer(regions[i]).said({ from: { name: 'Ana' }, text: one.repeat(300) }));
    while (regions.some(({ textContent }) => textContent === '')) await new Promise((resolve) => setTimeout(resolve));
    ONE.forEach((one, i) => same(regions[i].textContent, `Ana: ${one.repeat(200)}`));
});
