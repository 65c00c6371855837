import { isDirect } from './room-list.js';

/** The room events by the type of their entry, with the key of the sentence for each. */
const HAPPENINGS = {
    created: ({ room, topic }) => (isDirect({ name: room ?? '' }) ? 'begun' : topic ? 'createdFor' : 'created'),
    changed: ({ topic, archived }) =>
        archived == null ? (topic ? 'topic' : 'noTopic') : archived ? 'archived' : 'reopened',
    added: ({ user, from }) => (user.id === from.id ? 'came' : 'added'),
    removed: ({ user, from }) => (user.id === from.id ? 'left' : 'removed'),
};

/** True for a room event, which is shown as a line without an author. */
export function isQuiet({ type }) {
    return Object.hasOwn(HAPPENINGS, type);
}

/** Returns the sentence of a room event: its key and its values. */
export function happening(entry) {
    const { type, from, user, topic } = entry;
    return [`quiet.${HAPPENINGS[type](entry)}`, { name: from.name, other: user?.name ?? null, topic: topic ?? null }];
}

/**
 * Returns an entry as displayed, given its last `amendment` and the entry `before` it (each may be absent): itself, its
 * edited text with `edited` (when), or a tombstone with `deleted`; null if it is not displayed.
 */
export function shownOf(entry, amendment, before) {
    if (isQuiet(entry)) return entry;
    if (entry.type !== 'message' && entry.type !== 'erased') return null;
    if (amendment?.type === 'deleted' || (entry.type === 'erased' && countsAsMessage(entry, before)))
        return tombstone(entry);
    if (entry.type === 'erased') return null;
    return amendment ? edited(entry, amendment) : entry;
}

/** Returns the entry with its new text: it mentions those whom either text mentions. */
function edited(entry, { text, at, mentions, names }) {
    const shown = { ...entry, text, edited: at };
    if (!mentions) return shown;
    return {
        ...shown,
        mentions: [...new Set([...(entry.mentions ?? []), ...mentions])],
        names: { ...entry.names, ...names },
    };
}

/** Returns a tombstone, the same for all readers: those who come later know no more than this. */
function tombstone({ room, seq, n }) {
    return { type: 'erased', room, seq, n, deleted: true };
}

/**
 * True when an erased entry was a message. Edits are erased too. What earlier servers have erased does not say what it
 * was; a message has raised `n` compared with the entry before it.
 */
function countsAsMessage({ seq, n, was }, before) {
    if (was != null) return was === 'message';
    return seq === 1 || (before != null && n > before.n);
}
