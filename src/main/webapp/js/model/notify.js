import { isDirect } from './room-list.js';

/** The levels of notification: none; mentions and direct messages; all messages. */
export const LEVELS = ['none', 'mine', 'all'];

/**
 * True when a message of someone else deserves a notification for the user `me`, by their `level` and their `muted`
 * rooms.
 */
export function isWorthANotice(room, message, { me, level, muted }) {
    if (level === 'none' || muted.has(room.name) || message.from.id === me) return false;
    return level === 'all' || isDirect(room) || message.calls != null || Boolean(message.mentions?.includes(me));
}

/** The hours in which nobody wants to be disturbed, unless they choose others. */
export const NIGHT = { from: '22:00', to: '07:00' };

/** True at `HH:MM` within the hours `quiet`, `{from, to}`, which may go past midnight; without these, never. */
export function isQuietAt(time, quiet) {
    if (!quiet) return false;
    const { from, to } = quiet;
    return from <= to ? from <= time && time < to : time >= from || time < to;
}
