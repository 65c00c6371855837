import { Connection } from './connection.js';
import { Courier } from './courier.js';
import { Directory } from './directory.js';
import { EventDispatcher } from './event-dispatcher.js';
import { HistoryLoader } from './history-loader.js';
import { Http } from './http.js';
import { Inbox } from './inbox.js';
import { Requests } from './requests.js';
import { RoomJoiner } from './room-joiner.js';
import { RoomSet } from './room-set.js';
import { SignIn } from './sign-in.js';
import { Speech } from './speech.js';
import { TypingAndReads } from './typing-and-reads.js';

/** The parts of a client, put together. `tell(name, detail)` is heard by its listeners. */
export function assemble({ url, env: given, identity, outbox, undoMs, tell }) {
    const connection = new Connection(url, given);
    const { env } = connection;
    const send = (command) => connection.send(command);
    const signIn = new SignIn({ identity, send });
    const sendWhenIn = (command) => signIn.done && send(command);
    const changed = (room) => tell('room', room);
    const rooms = new RoomSet(env.now);
    const http = new Http({ url, fetch: env.fetch, token: () => identity.load().token });
    const parts = { connection, signIn, outbox, rooms };
    const emitStatus = () => tell('status', parts.joiner.status);
    parts.inbox = new Inbox(identity);
    parts.requests = new Requests(sendWhenIn);
    parts.typingAndReads = new TypingAndReads({ send: sendWhenIn, rooms, identity, env });
    parts.directory = new Directory({ http, rooms, changed });
    parts.courier = new Courier({ outbox, send, again: () => parts.joiner.deliverAll(), changed: emitStatus, env });
    parts.history = new HistoryLoader({ http, changed });
    parts.joiner = new RoomJoiner(parts);
    parts.speech = new Speech({ ...parts, changed, undoMs });
    parts.dispatcher = new EventDispatcher({ parts, tell, emitStatus });
    connection.on('welcome', (welcome) => parts.joiner.welcome(welcome));
    connection.on('event', (event) => parts.dispatcher.event(event));
    connection.on('frame', () => parts.dispatcher.frame());
    connection.on('status', ({ phase }) => {
        if (phase !== 'open') parts.dispatcher.interrupted();
        emitStatus();
    });
    return parts;
}
