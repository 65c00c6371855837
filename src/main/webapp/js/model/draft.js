import { graphemes } from './graphemes.js';

/** The empty draft. */
export const NOTHING = { text: '', people: [], reply: null, edit: null };

/** Returns a draft with all its fields: `{text, people, reply, edit}`, as in `ComposerState.draft`. */
export function whole(draft) {
    const { text, people, reply, edit } = draft ?? NOTHING;
    return { text: text ?? '', people: people ?? [], reply: ofLog(reply), edit: ofLog(edit) };
}

/** Returns the same message with `seq` and `epoch`, which identify its log, first. */
function ofLog(message) {
    if (!message) return null;
    const { seq, epoch, ...others } = message;
    return { seq, epoch: epoch ?? null, ...others };
}

/** True when the draft has nothing worth keeping. */
export function isNothing({ text, reply, edit }) {
    return !text && !reply && !edit;
}

/** True when both would send the same. People who were chosen but are not mentioned do not count. */
export function saysTheSame(one, other) {
    return one.text === other.text && same(one.reply, other.reply) && same(one.edit, other.edit);
}

/**
 * Merges what two pages have made of the draft `base`: what either wrote stays, and what either removed or sent is
 * gone. If only one of them changed a field, that change wins; if both did, `mine` wins.
 */
export function mergeDrafts(base, mine, theirs) {
    return mergeWhole(whole(base), whole(mine), whole(theirs));
}

function mergeWhole(base, mine, theirs) {
    return {
        text: mergeTexts(base.text, mine.text, theirs.text),
        people: [...mine.people, ...theirs.people.filter(({ id }) => !mine.people.some((person) => person.id === id))],
        reply: same(base.reply, mine.reply) ? theirs.reply : mine.reply,
        edit: mergeEdits(base, mine, theirs),
    };
}

/** Merges the edits: one that was started elsewhere does not interrupt what is being written here. */
function mergeEdits(base, mine, theirs) {
    if (mine.edit && isOf(mine.edit, theirs.edit)) {
        const text = isOf(mine.edit, base.edit)
            ? mergeTexts(base.edit.text, mine.edit.text, theirs.edit.text)
            : theirs.edit.text;
        return { ...mine.edit, text };
    }
    if (!same(base.edit, mine.edit)) return mine.edit;
    return mine.edit || base.text === mine.text ? theirs.edit : null;
}

/**
 * Merges both changes of a text. Insertions at the same place follow each other, and words being typed here stay whole.
 * A replacement of what another page has emptied meanwhile counts as new text.
 */
export function mergeTexts(base, mine, theirs) {
    if (mine === base || mine === theirs) return theirs;
    if (theirs === base) return mine;
    if (base === '') return [theirs, mine].filter(Boolean).join('\n');
    const chars = graphemes(base);
    const [own, other] = [changeOf(chars, graphemes(mine)), changeOf(chars, graphemes(theirs))];
    if (own.to <= other.from) return applied(chars, own, other);
    if (other.to <= own.from) return applied(chars, other, own);
    if (theirs === '' && replaces(own)) return mine;
    if (mine === '' && replaces(other)) return theirs;
    const from = Math.min(own.from, other.from);
    const to = Math.max(own.to, other.to);
    return [...chars.slice(0, from), ...own.put, ...other.put, ...chars.slice(to)].join('');
}

/**
 * Returns the position in `text` of the caret that was at `caret` in `before`: at the end it stays there, otherwise
 * after the same words.
 */
export function caretIn(text, before, caret) {
    if (caret < before.length && text.startsWith(before.slice(0, caret))) return caret;
    return Math.max(0, text.length - before.length + caret);
}

/**
 * Returns the one place where `now` differs from `before`: `from` to `to` has become `put`. With repeated letters there
 * are several such places; the end, or else the first one, is what the user has typed as a whole.
 */
function changeOf(before, now) {
    const most = Math.min(before.length, now.length);
    const head = lengthOf(most, (i) => before[i] === now[i]);
    const tail = head === before.length ? 0 : lengthOf(most, (i) => before.at(-1 - i) === now.at(-1 - i));
    const from = Math.min(head, most - tail);
    return { from, to: before.length - tail, put: now.slice(from, now.length - tail) };
}

function replaces({ from, to, put }) {
    return to > from && put.length > 0;
}

function lengthOf(most, agrees) {
    let n = 0;
    while (n < most && agrees(n)) n++;
    return n;
}

function applied(chars, first, second) {
    return [
        ...chars.slice(0, first.from),
        ...first.put,
        ...chars.slice(first.to, second.from),
        ...second.put,
        ...chars.slice(second.to),
    ].join('');
}

/** True when both edit the same message of the same log. */
function isOf(edit, other) {
    return edit?.seq === other?.seq && edit?.epoch === other?.epoch;
}

function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
