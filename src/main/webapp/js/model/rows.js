import { dayOf } from './calendar.js';
import { EVERYBODY } from './mentions.js';
import { isQuiet } from './shown.js';

const GROUP_MS = 5 * 60_000;

/** The source of a reply whose original no longer exists. */
export const GONE = { deleted: true };

/**
 * Returns the rows of a room, top to bottom: `day` separators, the `new` line above the first entry from `newFrom` on,
 * `quiet` lines about the room itself, `message` rows (`first` when a new author or a pause begins a group), and at the
 * end `pending` rows, for posts that are not in the log yet. An entry that makes no sense is a `plain` row, and does
 * not stop the others. Each has a key that is stable for the same thing: the user's own message keeps its key when it
 * turns from pending into an entry. `sourceOf(seq)` returns the entry that a reply quotes, `GONE` if there is none,
 * absent if it is not loaded; `namesOf(id)` the known names of a user. With a `memo`, a WeakMap, a row that nothing has
 * changed since the last time is the same object again.
 */
export function rowsOf({ entries, pending, me, newFrom, sourceOf, namesOf, memo }) {
    const rows = [];
    const waiting = pending ?? [];
    const changes = changesOf(waiting);
    let said = null;
    let passed = null;
    for (const entry of entries) {
        try {
            const quote = quoteOf(entry, sourceOf);
            const change = changes.get(entry.seq);
            const given = [said, passed, newFrom, me?.id, quote?.source];
            const settled = isSettled(entry, change);
            const made =
                (settled && madeBefore(memo?.get(entry), given)) ||
                madeOf(entry, { given, said, passed, newFrom, quote, namesOf, me, ...change });
            if (settled) memo?.set(entry, made);
            else memo?.delete(entry);
            rows.push(...made.rows);
            passed = entry.seq;
            said = made.said;
        } catch (fault) {
            console.error(fault);
            rows.push({ type: 'plain', key: `s${entry.seq}`, entry });
        }
    }
    return [...rows, ...pendingRows(waiting, { rows, said, me, sourceOf, namesOf })];
}

/** True for an entry whose row depends on nothing but what `given` says. */
function isSettled({ mentions }, change) {
    return change == null && mentions == null;
}

function madeBefore(made, given) {
    return made?.given.every((value, i) => value === given[i]) ? made : null;
}

/** Returns the rows of an entry, what they were made of, and what `said` is for the next one. */
function madeOf(entry, { given, said, passed, newFrom, ...about }) {
    const above = separators(entry, { said, passed, newFrom });
    const first = above.length > 0 || entry.replyTo != null || !continues(said, entry.from, entry.at);
    const row = isQuiet(entry) ? quietRow(entry) : messageRow(entry, { first, ...about });
    const next = isQuiet(entry) ? { from: null, at: entry.at } : entry;
    return { given, rows: [...above, row], said: entry.deleted ? said : next };
}

function separators({ seq, at }, { said, passed, newFrom }) {
    const rows = [];
    const day = Number.isNaN(Date.parse(at)) ? null : dayOf(at);
    if (day && (said == null || dayOf(said.at) !== day)) rows.push({ type: 'day', key: `d${day}-${seq}`, day });
    const isNew = newFrom != null && seq >= newFrom && (passed == null ? seq === newFrom : passed < newFrom);
    if (isNew) rows.push({ type: 'new', key: 'new' });
    return rows;
}

function quoteOf({ replyTo }, sourceOf) {
    return replyTo == null ? null : { seq: replyTo, source: sourceOf?.(replyTo) ?? null };
}

/** Returns whom a message mentions, `{id, name}`, under each name by which its text may call them; also everybody. */
function calledBy({ mentions, names, calls }, namesOf) {
    const namesFor = (id) => new Set([names?.[id], ...(namesOf?.(id) ?? [])].filter(Boolean));
    const people = (mentions ?? []).flatMap((id) => [...namesFor(id)].map((name) => ({ id, name })));
    return calls == null ? people : [...people, ...EVERYBODY];
}

function quietRow(entry) {
    return { type: 'quiet', key: `s${entry.seq}`, entry };
}

/** Returns the row of a message as it is, or will be if the server accepts `change`. */
function messageRow(entry, { first, quote, namesOf, me, change, failed }) {
    const edit = change?.type === 'edit' ? change : null;
    const own = Boolean(me) && entry.from?.id === me.id;
    return {
        type: 'message',
        key: own && entry.id ? `c:${entry.id}` : `s${entry.seq}`,
        entry,
        first: first && !entry.deleted,
        own,
        quote,
        called: [...calledBy(entry, namesOf), ...calledBy(edit ?? {}, namesOf)],
        reactions: reactionsOf(entry, me),
        mentioned: !own && (entry.calls != null || Boolean(entry.mentions?.includes(me?.id))),
        text: edit?.text ?? entry.text,
        edited: edit?.at ?? entry.edited ?? null,
        deleted: Boolean(entry.deleted) || change?.type === 'delete',
        change: change ?? null,
        failed: failed ?? null,
    };
}

/**
 * Returns the reactions to a message, `{emoji, count, names, mine}`: the first names, and whether one is the user's.
 */
function reactionsOf({ reactions }, me) {
    return (reactions ?? []).map(({ emoji, count, users, mine, changed }) => ({
        emoji,
        count,
        names: users.map(({ name }) => name),
        mine: changed?.get(me?.id) ?? (mine === true || users.some(({ id }) => id === me?.id)),
    }));
}

/** Returns the pending rows, without those that are already entries. */
function pendingRows(pending, { rows, said, me, sourceOf, namesOf }) {
    const here = new Set(rows.map(({ key }) => key));
    const posts = pending.filter(({ type, id }) => type === 'post' && !here.has(`c:${id}`));
    return posts.map((item, i) => {
        const before = i > 0 ? { from: me, at: posts[i - 1].at } : said;
        const quote = quoteOf(item, sourceOf);
        return {
            type: 'pending',
            key: `c:${item.id}`,
            item,
            first: quote != null || !continues(before, me, item.at),
            own: true,
            quote,
            called: calledBy(item, namesOf),
        };
    });
}

/**
 * Returns by target: `change`, the last of the user's edits and deletes in progress, and `failed`, the last that was
 * refused.
 */
function changesOf(pending) {
    const changes = new Map();
    for (const item of pending) {
        if (item.type === 'post') continue;
        changes.set(item.target, {
            ...changes.get(item.target),
            [item.state === 'failed' ? 'failed' : 'change']: item,
        });
    }
    return changes;
}

function continues(before, author, at) {
    const same = before?.from?.id === author?.id && before?.from?.name === author?.name;
    return before != null && same && Math.abs(new Date(at) - new Date(before.at)) < GROUP_MS;
}
