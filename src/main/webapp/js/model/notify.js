import { isDirect } from './room-list.js';

/** The levels of notification: none; mentions and direct messages; all messages. */
export const LEVELS = ['none', 'mine', 'all'];

/**
 * True when a message of someone else deserves a notification for the user `me`, by their `level` and their `muted`
 * rooms.
 */
export function isWorthANotice(room, message, { me, level, muted }) {
    if (level === 'none' || muted.has(room.name) || message.from.id === me) return false;
    return level === 'all' || isDirect(room) || Boolean(message.mentions?.includes(me));
}
