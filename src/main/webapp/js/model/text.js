import { cut, cutToEnd, graphemes } from './graphemes.js';
import { blocksOf } from './markup.js';

const LONGEST = 160;
const LEAD = 40;
const OF_WORD = /^[\p{Ll}\p{N}]/u;

/** Returns the text for comparison: without case, accents and width. */
export function fold(text) {
    const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().toUpperCase().toLowerCase();
    return plain.replaceAll('đ', 'd').replaceAll('ς', 'σ').replace(/[\u2018\u2019]/g, "'");
}

/**
 * Returns the first line of a message without formatting, for quoting: what it says itself, rather than what it quotes.
 */
export function excerptOf(text) {
    const blocks = blocksOf(cut(text, 10 * LONGEST));
    const said = blocks.find(({ type }) => type !== 'quote') ?? blocks[0];
    const line = said ? plain(said).trim().split('\n')[0] : '';
    return cut(line, LONGEST);
}

function plain(block) {
    if (typeof block === 'string') return block;
    const inside = block.inlines ?? block.items?.[0].filter(({ type }) => type !== 'list') ?? block.blocks;
    return inside ? inside.map(plain).join('') : block.text;
}

/**
 * Returns a message on one line in pieces, `{text, hit}`, starting shortly before the first hit. `query` is words
 * separated by spaces: those in letters with capitals match at word starts, others and signs anywhere, all without
 * punctuation too.
 */
export function snippetOf(text, query) {
    const pieces = highlight(text.trim().replace(/\s+/g, ' '), query);
    const [before, ...rest] = pieces;
    if (rest.length === 0 || before.hit) return pieces;
    const lead = cutToEnd(before.text, LEAD);
    return lead === before.text ? pieces : [{ text: `…${lead}`, hit: false }, ...rest];
}

function highlight(text, query) {
    const letters = graphemes(text);
    const hits = hitsIn(letters, query.split(/\s+/).map(fold));
    const pieces = [];
    letters.forEach((letter, i) => {
        if (pieces.at(-1)?.hit === hits[i]) pieces.at(-1).text += letter;
        else pieces.push({ text: letter, hit: hits[i] });
    });
    return pieces;
}

/** Returns for each letter whether it is in one of the words. */
function hitsIn(letters, words) {
    const hits = letters.map(() => false);
    const folded = letters.map(fold);
    const whole = folded.join('');
    const letterAt = folded.flatMap((some, i) => new Array(some.length).fill(i));
    for (const word of words
        .flatMap((each) => (whole.includes(each) ? each : each.split(/(?![#%])\p{P}/u)))
        .filter(Boolean)) {
        for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
            if (!OF_WORD.test(word) || !OF_WORD.test(whole[at - 1] ?? ''))
                hits.fill(true, letterAt[at], letterAt[at + word.length - 1] + 1);
        }
    }
    return hits;
}
