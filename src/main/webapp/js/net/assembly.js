import { Attendance } from './attendance.js';
import { Connection } from './connection.js';
import { Courier } from './courier.js';
import { Directory } from './directory.js';
import { Greeting } from './greeting.js';
import { Hearing } from './hearing.js';
import { History } from './history.js';
import { Http } from './http.js';
import { Inbox } from './inbox.js';
import { Requests } from './requests.js';
import { RoomSet } from './room-set.js';
import { Signals } from './signals.js';
import { Speech } from './speech.js';

/** The parts of a client, put together. `tell(name, detail)` is heard by its listeners. */
export function assemble({ url, env: given, identity, outbox, undoMs, tell }) {
    const connection = new Connection(url, given);
    const { env } = connection;
    const send = (command) => connection.send(command);
    const greeting = new Greeting({ identity, send });
    const sendWhenIn = (command) => greeting.done && send(command);
    const changed = (room) => tell('room', room);
    const rooms = new RoomSet(env.now);
    const http = new Http({ url, fetch: env.fetch, token: () => identity.load().token });
    const parts = { connection, greeting, outbox, rooms };
    const sayStatus = () => tell('status', parts.attendance.status);
    parts.inbox = new Inbox(identity);
    parts.requests = new Requests(sendWhenIn);
    parts.signals = new Signals({ send: sendWhenIn, rooms, identity, env });
    parts.directory = new Directory({ http, rooms, changed });
    parts.courier = new Courier({ outbox, send, again: () => parts.attendance.deliverAll(), changed: sayStatus, env });
    parts.history = new History({ http, changed });
    parts.attendance = new Attendance(parts);
    parts.speech = new Speech({ ...parts, changed, undoMs });
    parts.hearing = new Hearing({ parts, tell, sayStatus });
    connection.on('welcome', (welcome) => parts.attendance.welcome(welcome));
    connection.on('event', (event) => parts.hearing.event(event));
    connection.on('frame', () => parts.hearing.frame());
    connection.on('status', ({ phase }) => {
        if (phase !== 'open') parts.hearing.interrupted();
        sayStatus();
    });
    return parts;
}
