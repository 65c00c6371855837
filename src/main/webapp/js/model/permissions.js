/**
 * Returns the permitted actions on a message in this room, the most frequent first; none on a deleted message or one
 * not in the log yet.
 */
export function actionsFor(row, { archived, moderator }) {
    if (row?.type !== 'message' || row.deleted) return [];
    const change = row.own || moderator;
    return archived ? ['link'] : ['reply', row.own && 'edit', 'link', change && 'delete'].filter(Boolean);
}

/** Returns why the user cannot post: `removed`, `not-a-member`, `no-such-room`, `archived`; null if they can. */
export function closedReason({ closed, archived }) {
    return closed ?? (archived ? 'archived' : null);
}

/** True when the user can change the topic of a room. */
export function mayChangeTopic({ access, moderator, archived, joined }) {
    return joined && !archived && (moderator || access === 'public');
}
