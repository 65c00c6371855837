const utf8 = new TextDecoder();

/** The events in a server frame, text or binary; throws when it is not an array of them. */
export function decode(frame) {
    const events = JSON.parse(typeof frame === 'string' ? frame : utf8.decode(frame));
    if (!Array.isArray(events)) throw new TypeError('A server frame is an array.');
    return events.filter((event) => typeof event?.type === 'string');
}

/** The frame for a command; what is absent stays out. */
export function encode(command) {
    return JSON.stringify(Object.fromEntries(Object.entries(command).filter(([, value]) => value != null)));
}
