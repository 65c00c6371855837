import { isGuest } from './people.js';
import { isDirect } from './room-list.js';

/**
 * Returns the permitted actions on a message in this room, the most frequent first; none on a deleted message or one
 * not in the log yet.
 */
export function actionsFor(row, { archived, moderator, readOnly }) {
    if (row?.type !== 'message' || row.deleted) return [];
    const change = row.own || moderator;
    if (archived || readOnly) return ['copy', 'link', 'unread'];
    return ['reply', row.own && 'edit', 'copy', 'link', 'unread', change && 'delete', 'react'].filter(Boolean);
}

/**
 * Returns why the user cannot post: `removed`, `not-a-member`, `no-such-room`, `banned`, `archived`, `read-only`; null
 * if they can.
 */
export function closedReason({ closed, archived, readOnly }) {
    return closed ?? (archived ? 'archived' : readOnly ? 'read-only' : null);
}

/** True when the user `me` can call everybody in a room at once. */
export function mayCall({ name, access, calls, moderator, member, archived, readOnly }, me) {
    if (archived || readOnly || isDirect({ name })) return false;
    const called = access === 'public' ? !isGuest({ id: me }) : member;
    return moderator || calls === 'anybody' || (calls === 'members' && called);
}

/** True when the user can change the topic and the title of a room. */
export function mayChangeTopic({ access, moderator, archived, readOnly, joined }) {
    return joined && !archived && !readOnly && (moderator || access === 'public');
}
