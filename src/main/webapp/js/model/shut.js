/** Why nothing can be said in a room: `removed`, `not-a-member`, `no-such-room`, `archived`; null when one may. */
export function shutReason({ closed, archived }) {
    return closed ?? (archived ? 'archived' : null);
}

/** True when his user may change the topic of a room. */
export function mayChangeTopic({ access, moderator, archived, joined }) {
    return joined && !archived && (moderator || access === 'public');
}
