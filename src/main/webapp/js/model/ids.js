/** Returns a new, unique and valid id for a command. */
export function newId() {
    const bytes = globalThis.crypto.getRandomValues(new Uint8Array(12));
    return `c-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
