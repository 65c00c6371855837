/**
 * What could not be done: `code` is one of the protocol's, or `offline` (not connected, or no longer), `unreachable` (HTTP
 * found nobody) or `http-…` (it found somebody who does not speak our protocol).
 */
export class ChatError extends Error {
    constructor(code, message) {
        super(message ?? code);
        this.name = 'ChatError';
        this.code = code;
    }
}
