/** Nothing is being written. */
export const NOTHING = { text: '', people: [], reply: null, edit: null };

/** A draft with all its fields: `{text, people, reply, edit}`, as `Writing.draft` has them. */
export function whole(draft) {
    const { text = '', people = [], reply = null, edit = null } = draft ?? NOTHING;
    return { text, people, reply, edit };
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
 * What two pages have made of the draft `base`, as one draft: what either wrote stays, and what either removed, or has sent, is
 * gone. Where only one of them changed something, that change holds; where both did, `mine` does.
 */
export function mergeDrafts(base, mine, theirs) {
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
        const text = isOf(mine.edit, base.edit) ? mergeTexts(base.edit.text, mine.edit.text, theirs.edit.text) : theirs.edit.text;
        return { ...mine.edit, text };
    }
    if (!same(base.edit, mine.edit)) return mine.edit;
    return mine.edit || base.text === mine.text ? theirs.edit : null;
}

/** The text that has both changes; what both put in the same place stands one after the other, theirs first. */
export function mergeTexts(base, mine, theirs) {
    if (mine === base || mine === theirs) return theirs;
    if (theirs === base) return mine;
    const chars = [...base];
    const [own, other] = [changeOf(chars, [...mine]), changeOf(chars, [...theirs])];
    if (own.to <= other.from && !(own.from === other.from && own.to === other.to)) return applied(chars, own, other);
    if (other.to <= own.from) return applied(chars, other, own);
    const between = base === '' ? '\n' : '';
    const put = [other.put.join(''), own.put.join('')].filter(Boolean).join(between);
    return [...chars.slice(0, Math.min(own.from, other.from)), put, ...chars.slice(Math.max(own.to, other.to))].join('');
}

/** The one place in which `now` differs from `before`: what is from `from` to `to` has become `put`. */
function changeOf(before, now) {
    const most = Math.min(before.length, now.length);
    const head = lengthOf(most, (i) => before[i] === now[i]);
    // What was written at the end, or else as far in front as it may be: so it is what the writer typed, where letters repeat.
    const foremost = head === before.length ? 0 : lengthOf(most, (i) => before.at(-1 - i) === now.at(-1 - i));
    const tail = head === before.length ? 0 : foremost;
    const from = Math.min(head, most - tail);
    return { from, to: before.length - tail, put: now.slice(from, now.length - tail) };
}

function lengthOf(most, agrees) {
    let n = 0;
    while (n < most && agrees(n)) n++;
    return n;
}

function applied(chars, first, second) {
    return [...chars.slice(0, first.from), ...first.put, ...chars.slice(first.to, second.from), ...second.put, ...chars.slice(second.to)].join('');
}

/** True when both edit the same message of the same log. */
function isOf(edit, other) {
    return edit?.seq === other?.seq && edit?.epoch === other?.epoch;
}

function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
