/**
 * What the user may do with a message in this room, most wanted first; nothing with what is gone or not in the log yet.
 */
export function actionsFor(row, { archived, moderator }) {
    if (row?.type !== 'message' || row.deleted) return [];
    const change = row.own || moderator;
    return archived ? ['link'] : ['reply', row.own && 'edit', 'link', change && 'delete'].filter(Boolean);
}

/** Why nothing can be said in a room: `removed`, `not-a-member`, `no-such-room`, `archived`; null when one may. */
export function closedReason({ closed, archived }) {
    return closed ?? (archived ? 'archived' : null);
}

/** True when the user may change the topic of a room. */
export function mayChangeTopic({ access, moderator, archived, joined }) {
    return joined && !archived && (moderator || access === 'public');
}
