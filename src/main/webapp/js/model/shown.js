const QUIET = new Set(['created', 'changed', 'added', 'removed']);

/** True for what happened to the room itself: shown as a line, said by nobody. */
export function isQuiet(entry) {
    return QUIET.has(entry.type);
}

/**
 * An entry as a reader is to see it, given the last `amendment` about it and the entry `before` it (each may be absent):
 * itself, its edited text with `edited` (when), or a tombstone with `deleted`; null when it is nothing to be seen.
 */
export function shownOf(entry, amendment, before) {
    if (isQuiet(entry)) return entry;
    if (entry.type !== 'message' && entry.type !== 'erased') return null;
    if (amendment?.type === 'deleted' || (entry.type === 'erased' && countsAsMessage(entry, before))) return tombstone(entry);
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
