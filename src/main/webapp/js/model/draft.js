/** Nothing is being written. */
export const NOTHING = { text: '', people: [], reply: null, edit: null };

/** A draft with all its fields: `{text, people, reply, edit}`, as `ComposerState.draft` has them. */
export function whole(draft) {
    const { text, people, reply, edit } = draft ?? NOTHING;
    return { text: text ?? '', people: people ?? [], reply: ofLog(reply), edit: ofLog(edit) };
}

/** The same, with what tells the log it is of first. */
function ofLog(message) {
    if (!message) return null;
    const { seq, epoch, ...others } = message;
    return { seq, epoch: epoch ?? null, ...others };
}

/** True when there is nothing in it that is worth keeping. */
export function isNothing({ text, reply, edit }) {
    return !text && !reply && !edit;
}

/** True when both would say the same. Whom else the writer has thought of calling does not count. */
export function saysTheSame(one, other) {
    return one.text === other.text && same(one.reply, other.reply) && same(one.edit, other.edit);
}

/**
 * What two pages have made of the draft `base`, as one draft: what either wrote stays, and what either removed, or has
 * sent, is gone. Where only one of them changed something, that change holds; where both did, `mine` does.
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

/** An edit that was begun elsewhere does not come between what is being written here. */
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
 * The text that has both changes; what both put in the same place stands one after the other, and words stay whole that
 * are being typed here. Who has replaced what another has emptied meanwhile has written something new.
 */
export function mergeTexts(base, mine, theirs) {
    if (mine === base || mine === theirs) return theirs;
    if (theirs === base) return mine;
    if (base === '') return [theirs, mine].filter(Boolean).join('\n');
    const chars = [...base];
    const [own, other] = [changeOf(chars, [...mine]), changeOf(chars, [...theirs])];
    if (own.to <= other.from) return applied(chars, own, other);
    if (other.to <= own.from) return applied(chars, other, own);
    if (theirs === '' && replaces(own)) return mine;
    if (mine === '' && replaces(other)) return theirs;
    const from = Math.min(own.from, other.from);
    const to = Math.max(own.to, other.to);
    return [...chars.slice(0, from), ...own.put, ...other.put, ...chars.slice(to)].join('');
}

/**
 * Where the caret, which was at `caret` in `before`, is in `text`: at the end it stays there, else behind the same
 * words.
 */
export function caretIn(text, before, caret) {
    if (caret < before.length && text.startsWith(before.slice(0, caret))) return caret;
    return Math.max(0, text.length - before.length + caret);
}

/**
 * The one place in which `now` differs from `before`: what is from `from` to `to` has become `put`. Where letters
 * repeat there are several such places; at the end, or else the foremost, is what a writer has typed as a whole.
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
