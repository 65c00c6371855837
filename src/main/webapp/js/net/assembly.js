import { Connection } from './connection.js';
import { Directory } from './directory.js';
import { EventDispatcher } from './event-dispatcher.js';
import { HistoryLoader } from './history-loader.js';
import { Http } from './http.js';
import { Inbox } from './inbox.js';
import { OutboxDelivery } from './outbox-delivery.js';
import { Reacting } from './reacting.js';
import { Requests } from './requests.js';
import { RoomJoiner } from './room-joiner.js';
import { RoomSet } from './room-set.js';
import { SignIn } from './sign-in.js';
import { TypingAndReads } from './typing-and-reads.js';

/** Creates the parts of a client, each from those before it. `tell(name, detail)` notifies the client's listeners. */
export function assemble({ url, env: given, identity, outbox, undoMs, tell }) {
    const connection = new Connection(url, given);
    const { env } = connection;
    const send = (command) => connection.send(command);
    const changed = (room) => tell('room', room);
    const signIn = new SignIn({ identity, send });
    const sendWhenIn = (command) => signIn.done && send(command);
    const rooms = new RoomSet(env.now);
    const http = new Http({ url, env, token: () => identity.load().token });
    const requests = new Requests(sendWhenIn);
    const inbox = new Inbox({ identity, http, requests });
    const typingAndReads = new TypingAndReads({ send: sendWhenIn, rooms, identity, env });
    const directory = new Directory({ http, rooms, changed });
    const history = new HistoryLoader({ http, changed });
    const reacting = new Reacting({ rooms, signIn, requests, changed });
    const delivery = new OutboxDelivery({ outbox, rooms, signIn, send, changed, env, undoMs });
    const joiner = new RoomJoiner({ connection, signIn, rooms, delivery, outbox, inbox, typingAndReads });
    const parts = {
        connection,
        signIn,
        outbox,
        rooms,
        http,
        inbox,
        requests,
        typingAndReads,
        directory,
        history,
        delivery,
        reacting,
        joiner,
    };
    const dispatcher = new EventDispatcher({ parts, tell });
    const tellStatus = () => tell('status', joiner.status);
    delivery.on('held', tellStatus);
    connection.on('welcome', (welcome) => joiner.welcome(welcome));
    connection.on('event', (event) => dispatcher.event(event));
    connection.on('frame', () => dispatcher.frame());
    connection.on('status', ({ phase }) => {
        if (phase !== 'open') dispatcher.interrupted();
        tellStatus();
    });
    return parts;
}
