/** What happens to a room itself, by the type of its entry: which sentence says so. */
const HAPPENINGS = {
    created: ({ topic }) => (topic ? 'createdFor' : 'created'),
    changed: ({ topic, archived }) =>
        archived == null ? (topic ? 'topic' : 'noTopic') : archived ? 'archived' : 'reopened',
    added: ({ user, from }) => (user.id === from.id ? 'came' : 'added'),
    removed: ({ user, from }) => (user.id === from.id ? 'left' : 'removed'),
};

/** True for what happened to the room itself: shown as a line, said by nobody. */
export function isQuiet({ type }) {
    return Object.hasOwn(HAPPENINGS, type);
}

/** What happened to the room: the key of the sentence, and its values. */
export function happening(entry) {
    const { type, from, user, topic } = entry;
    return [`quiet.${HAPPENINGS[type](entry)}`, { name: from.name, other: user?.name ?? null, topic: topic ?? null }];
}

/**
 * An entry as a reader is to see it, given the last `amendment` about it and the entry `before` it (each may be
 * absent): itself, its edited text with `edited` (when), or a tombstone with `deleted`; null when it is nothing to be
 * seen.
 */
export function shownOf(entry, amendment, before) {
    if (isQuiet(entry)) return entry;
    if (entry.type !== 'message' && entry.type !== 'erased') return null;
    if (amendment?.type === 'deleted' || (entry.type === 'erased' && countsAsMessage(entry, before)))
        return tombstone(entry);
    if (entry.type === 'erased') return null;
    return amendment ? { ...entry, text: amendment.text, edited: amendment.at } : entry;
}

/** The same for all readers: those who come later know no more than this. */
function tombstone({ room, seq, n }) {
    return { type: 'erased', room, seq, n, deleted: true };
}

/** Edits are erased too. What was a message has raised `n`, which shows beside the entry before it. */
function countsAsMessage({ seq, n }, before) {
    return seq === 1 || (before != null && n > before.n);
}
