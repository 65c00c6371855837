import { ChatClient } from '../net/chat-client.js';
import { Attention } from './attention.js';
import { drafts } from './composer-part.js';
import { identity, settings, socketUrl } from './environment.js';
import { Navigation } from './navigation.js';
import { Rooms } from './rooms.js';

export * from './environment.js';
export { drafts };

/** The parts of the page, one of each. */
export const { outbox, tabs } = drafts;
export const client = new ChatClient({
    url: socketUrl(),
    identity,
    outbox,
    env: { origin: location.origin },
});
export const navigation = new Navigation(client, settings);
export const rooms = new Rooms(client, navigation, (ms, act) => setInterval(act, ms), () => settings.muted);
export const attention = new Attention();
