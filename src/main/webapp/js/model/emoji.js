import { fold } from './text.js';

/** The skin tones; the first is none. */
export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];
/** What does not make another emoji: skin tones, and the mark of a picture. */
const LOOKS = /[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu;
const SEXES = [
    { sex: 'woman', person: '👩', sign: '♀', words: ['woman', '女'] },
    { sex: 'man', person: '👨', sign: '♂', words: ['man', '男'] },
];
const FIRST_SIGN = 0x1f1e6 - 'A'.codePointAt(0);
const MOST_RECENT = 24;

/**
 * The emoji that can be chosen, in `groups`: `[{name, items}]`. An item is `{emoji, names, tones, sex, words}`: its
 * names in English and Chinese, whether it has skin tones, and `woman` or `man` if it is one of two with these names.
 */
export class EmojiTable {
    groups = [];
    #items = new Map();

    /** `text` is what `bin/emoji` makes; `regionNames(code)` returns the names of a region in both languages. */
    constructor(text, regionNames) {
        const [, emoji, ...lists] = text.trim().split('\n\n');
        const named = lists.map((list) => list.split('\n'));
        let line = 0;
        for (const group of emoji.split('\n')) {
            const [name, ...all] = group.split(' ');
            if (name === 'regions') this.groups.at(-1).items.push(...all.map((code) => flag(code, regionNames(code))));
            else this.groups.push({ name, items: all.flatMap((each) => itemsOf(each, wordsAt(named, line++))) });
        }
        for (const item of this.groups.flatMap((group) => group.items)) this.#items.set(keyOf(item.emoji), item);
    }

    /** Returns the item of an emoji of any skin tone; absent if it is none of these. */
    itemOf(emoji) {
        return this.#items.get(keyOf(emoji));
    }

    /** Returns the items with words that begin with those of `query`: first those whose names do. */
    find(query) {
        const words = fold(query).split(/[\s_]+/).filter(Boolean);
        if (words.length === 0) return [];
        return [...this.#items.values()]
            .map((item) => ({ item, rank: Math.max(...words.map((word) => rankOf(item, word))) }))
            .filter(({ rank }) => rank < NONE)
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
    }
}

/** Returns an emoji in a skin tone, from 0 (none) to 5, if its item has tones. */
export function toned({ emoji, tones }, tone) {
    const sign = TONES[tone] ?? '';
    return tones && sign ? emoji.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/gu, `$1${sign}`) : emoji;
}

/** Returns the emoji used lately after this one was used, the latest first. */
export function usedLately(recent, emoji) {
    return [emoji, ...recent.filter((other) => other !== emoji)].slice(0, MOST_RECENT);
}

const keyOf = (emoji) => emoji.replace(LOOKS, '');

const NONE = 4;

/** How well a word fits: it begins a name, a word of a name, another word; or not at all. */
function rankOf({ words }, word) {
    if (words.some(([name]) => name.startsWith(word))) return 0;
    if (words.some(([name]) => fits(name, word))) return 1;
    return words.some((all) => all.some((each) => fits(each, word))) ? 2 : NONE;
}

/** Chinese words have no spaces between them. */
function fits(text, word) {
    return /\p{Script=Han}/u.test(word) ? text.includes(word) : ` ${text.replace(/\W+/g, ' ')}`.includes(` ${word}`);
}

function wordsAt(named, line) {
    return named.map((lines) => lines[line].split(','));
}

/** Returns the item of an emoji with its marks (`+`: has tones, `=`: has a woman and a man), and those of the two. */
function itemsOf(marked, words) {
    const emoji = marked.replace(/[+=]*$/, '');
    const item = {
        emoji,
        names: words.map(([name]) => name),
        tones: marked.includes('+'),
        sex: null,
        words: words.map((some) => some.map(fold)),
    };
    if (!marked.endsWith('=')) return [item];
    const of = ({ sex, words: more, ...signs }) => ({
        ...item,
        emoji: gendered(emoji, signs),
        sex,
        words: item.words.map((some, i) => [...some, more[i]]),
    });
    return [item, ...SEXES.map(of)];
}

function gendered(emoji, { person, sign }) {
    return emoji.startsWith('🧑') ? emoji.replace('🧑', person) : `${emoji}\u200d${sign}\ufe0f`;
}

function flag(code, names) {
    const emoji = [...code].map((letter) => String.fromCodePoint(letter.codePointAt(0) + FIRST_SIGN)).join('');
    return { emoji, names, tones: false, sex: null, words: names.map((name) => [fold(name)]) };
}
