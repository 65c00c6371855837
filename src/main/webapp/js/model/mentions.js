import { blocksOf } from './markup.js';
import { fold } from './text.js';

const MOST = 16;
const LONGEST = 40;

/** The scripts that are written without spaces, or join endings to names: a mention may touch their letters. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
    .map((script) => `\\p{scx=${script}}`)
    .join('');
const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_]`;
/** The words that call everybody in a room, as if they were names: `calls` says whom. */
export const EVERYBODY = [
    { calls: 'all', name: 'all' },
    { calls: 'here', name: 'here' },
    { calls: 'all', name: '所有人' },
    { calls: 'here', name: '在线的人' },
];
/** What starts a mention; there is none inside a word or an address (`a@b.c`). */
const AT = new RegExp(`(?<!${LETTER}|[@＠+-])[@＠]`, 'gu');
const ENDS_IN_A_LETTER = new RegExp(`${LETTER}$`, 'u');
const GOES_ON = new RegExp(`^${LETTER}`, 'u');
/** What may be a name before the caret: in one line, and without a second `@`. */
const BEGUN = new RegExp(`${AT.source}((?:[^\\s@＠\`][^\\n@＠\`]{0,${LONGEST}})?)$`, 'u');
/** The beginning of an unknown name; where there are no spaces, only two letters of it. */
const NAME = new RegExp(`^(?:[${UNSPACED}]{1,2}|(?:${LETTER})+)`, 'u');
/** Stands for an `@` while the blocks and inlines around it are looked for. */
const PLACE = '\ue000';

/**
 * Returns a text without formatting in pieces, `{text, person}`: `person` is the one of `people` (`{id, name}`) who is
 * mentioned, or null. The longest name wins, then one that is written exactly so, then the earlier of `people`.
 */
export function piecesOf(text, people) {
    const pieces = [];
    let done = 0;
    for (const { index } of text.matchAll(AT)) {
        const person = index < done ? null : personAt(text, index + 1, people);
        if (!person) continue;
        if (index > done) pieces.push({ text: text.slice(done, index), person: null });
        done = index + 1 + person.name.length;
        pieces.push({ text: text.slice(index, done), person });
    }
    if (done < text.length) pieces.push({ text: text.slice(done), person: null });
    return pieces;
}

/** Returns the ids of those of `people` whom a message mentions: nobody in code or links. */
export function mentionsIn(text, people) {
    if (!/[@＠]/.test(text)) return [];
    const called = proseOf(text).flatMap((part) => piecesOf(part, people).map(({ person }) => person?.id));
    return [...new Set(called.filter((id) => id != null))].slice(0, MOST);
}

/** Returns whom a message calls at once, `all` or those who are `here`, if `EVERYBODY` is among `people`; or null. */
export function callIn(text, people) {
    if (!/[@＠]/.test(text)) return null;
    const called = proseOf(text).flatMap((part) => piecesOf(part, people).map(({ person }) => person?.calls));
    return ['all', 'here'].find((each) => called.includes(each)) ?? null;
}

/** Returns the beginnings of names that a message mentions and none of `people` has, each once. */
export function unknownIn(text, people) {
    if (!/[@＠]/.test(text)) return [];
    const rest = proseOf(text).flatMap((part) => piecesOf(part, people).filter(({ person }) => !person));
    const words = rest.flatMap((piece) =>
        [...piece.text.matchAll(AT)].map(({ index }) => NAME.exec(piece.text.slice(index + 1))?.[0]),
    );
    return [...new Set(words.filter(Boolean))].slice(0, MOST);
}

/** Returns the mention before the caret, `{word, from}`, or null: `word` is what follows the `@`, spaces included. */
export function mentionAt(text, caret) {
    const found = BEGUN.exec(text.slice(0, caret));
    if (!found || !isProse(text, found.index)) return null;
    // with a mark behind the caret, code that is still open ends there
    return isProse(`${found.input}\``, found.index) ? { word: found[1], from: found.index } : null;
}

/** True when the text at this index is neither code nor a link. */
export function isProse(text, index) {
    const marked = text.slice(0, index) + PLACE + text.slice(index + 1);
    return proseOf(marked).some((part) => part.includes(PLACE));
}

function personAt(text, at, people) {
    let best = null;
    for (const person of people) {
        const { name } = person;
        const written = text.slice(at, at + name.length);
        const longer = name.length - (best?.name.length ?? 0);
        if (longer < 0 || (longer === 0 && (written !== name || text.startsWith(best.name, at)))) continue;
        if (fold(written) === fold(name) && endsAt(text, at + name.length)) best = person;
    }
    return best;
}

/** True when the word that ends at this index does not go on. */
function endsAt(text, index) {
    const after = text.slice(index, index + 2);
    if (/^\p{M}/u.test(after)) return false;
    return !ENDS_IN_A_LETTER.test(text.slice(0, index)) || !GOES_ON.test(after);
}

/** Returns the parts of a message that are neither code nor links. */
function proseOf(text) {
    return blocksOf(text).flatMap(proseIn);
}

function proseIn(node) {
    if (typeof node === 'string') return [node];
    return (node.blocks ?? node.inlines ?? node.items?.flat() ?? []).flatMap(proseIn);
}
