import { isDirect } from './room-list.js';

/** How much of what others say is worth a notice: nothing; what is said to the user; everything. */
export const LEVELS = ['none', 'mine', 'all'];

/**
 * True when a message of somebody else is worth a notice to the user `me`, by their `level` and the rooms they have
 * `muted`.
 */
export function isWorthANotice(room, message, { me, level, muted }) {
    if (level === 'none' || muted.has(room.name) || message.from.id === me) return false;
    return level === 'all' || isDirect(room) || Boolean(message.mentions?.includes(me));
}
