import { Attention } from './attention.js';
import { Outbox } from '../model/outbox.js';
import { ChatClient } from '../net/chat-client.js';
import { Database } from '../store/database.js';
import { StoredIdentity } from '../store/identity.js';
import { Settings } from '../store/settings.js';
import { Rooms } from './rooms.js';
import { Visit } from './visit.js';

/** What the page is made of: there is one of each. */
const base = new URL('.', location.href);

/** Keeps several Warungs on one host apart. */
export const scope = base.pathname;

export const settings = new Settings(scope);
export const identity = new StoredIdentity(scope);
export const database = new Database(scope);
export const outbox = new Outbox(database);
export const client = new ChatClient({ url: socketUrl(), identity, outbox });
export const visit = new Visit(client, settings);
export const rooms = new Rooms(client, visit);
export const attention = new Attention();

/** The one element of this name on the page. */
export function element(name) {
    return document.querySelector(name);
}

/** Calls `act` with the detail of each `warung:name`: what the elements ask for. */
export function onWish(name, act) {
    addEventListener(`warung:${name}`, ({ detail }) => act(detail));
}

function socketUrl() {
    const url = new URL('chat', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
}
