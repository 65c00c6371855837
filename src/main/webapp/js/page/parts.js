import { ChatClient } from '../net/chat-client.js';
import { Attention } from './attention.js';
import { identity, settings, socketUrl } from './base.js';
import { Rooms } from './rooms.js';
import { Visit } from './visit.js';
import { outbox } from './writing.js';

export * from './base.js';
export { outbox };

/** What the page is made of: there is one of each. */
export const client = new ChatClient({ url: socketUrl(), identity, outbox });
export const visit = new Visit(client, settings);
export const rooms = new Rooms(client, visit);
export const attention = new Attention();
