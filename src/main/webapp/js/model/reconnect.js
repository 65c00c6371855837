/** Instead of a close code: the server does not accept the page's origin. */
export const FOREIGN_ORIGIN = 403;
/** Instead of a close code: the server has no guests, and there is no token. */
export const SIGN_IN_FIRST = 401;
/** The user has signed out, here or elsewhere. */
export const SIGNED_OUT = 4500;
/** The sign-in has come to its end: the same user may go on after signing in again. */
export const TOKEN_EXPIRED = 4501;
/** This sign-in was ended from another device, or by an administrator. */
export const REVOKED = 4502;
/** The user may not use this server, for a time or for good. */
export const BANNED = 4503;
/** The user has too many connections: this one gave way to another. */
export const REPLACED = 4505;

/** The close codes the client knows. `words` is the key of the sentence shown to the user. */
const KNOWN = new Map([
    [FOREIGN_ORIGIN, 'origin'],
    [SIGN_IN_FIRST, 'sign-in'],
    [1001, 'restarting'],
    [1003, 'broken-client'],
    [1007, 'broken-client'],
    [1008, 'not-allowed'],
    [1009, 'too-big'],
    [1013, 'busy'],
    [4000, 'restarting'],
    [4001, 'quiet'],
    [4002, 'too-slow'],
    [4003, 'quiet'],
    [4004, 'internal'],
    [4005, 'crowded'],
    [4006, 'no-database'],
    [SIGNED_OUT, 'signed-out'],
    [TOKEN_EXPIRED, 'expired'],
    [REVOKED, 'revoked'],
    [BANNED, 'banned'],
    [4504, 'kicked'],
    [REPLACED, 'replaced'],
]);
const TERMINAL = new Set([1003, 1007, 1008, 1009]);

/** False when the server has asked the client not to reconnect by itself. */
export function mayReconnect(code) {
    return !(TERMINAL.has(code) || (code >= 4500 && code <= 4999));
}

/** Returns the key of the sentence for a close code: `closed` and `refused` cover all unknown codes. */
export function reasonOf(code) {
    return KNOWN.get(code) ?? (mayReconnect(code) ? 'closed' : 'refused');
}

const LEAST_MS = 500;
const MOST_MS = 20_000;

/**
 * Returns the delay before the next attempt: random (so that thousands do not return together), and growing with each
 * failure.
 */
export function backoffMs(failures, random, leastMs) {
    const ceiling = Math.min(MOST_MS, LEAST_MS * 2 ** (failures + 1));
    return (leastMs ?? 0) + LEAST_MS + random() * (ceiling - LEAST_MS);
}
