import { StoredIdentity } from '../store/identity.js';
import { Settings } from '../store/settings.js';

/** What there is from the first moment, one of each. */
const base = new URL('.', location.href);

/** Keeps several Warungs on one host apart. */
export const scope = base.pathname;

export const settings = new Settings(scope);
export const identity = new StoredIdentity(scope);

/** The address of the WebSocket. */
export function socketUrl() {
    const url = new URL('chat', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
}

/** The one element of this name on the page. */
export function element(name) {
    return document.querySelector(name);
}

/** Calls `act` with the detail of each `warung:name`: what the elements ask for; with nothing when there is none. The returned function ends that. */
export function onAction(name, act) {
    const hear = ({ detail }) => (detail == null ? act() : act(detail));
    addEventListener(`warung:${name}`, hear);
    return () => removeEventListener(`warung:${name}`, hear);
}
