import { ChatClient } from '../../main/webapp/js/net/chat-client.js';
import { FakeServer } from './fake-server.js';
import { ManualClock } from './manual-clock.js';

/**
 * A client and a server with nothing but a line between them; `options` are the client's. `connect()` brings the client
 * in, `line()` is its socket, `come()` has a new line of its come about, `answerAll()` answers all that was asked over
 * HTTP.
 */
export function fakeTable({
    server = new FakeServer(),
    clock = new ManualClock(),
    rooms = ['lobby'],
    ...options
} = {}) {
    const lines = [];
    const env = {
        ...clock.env,
        WebSocket: server.socketClass(lines),
        fetch: server.fetch,
        random: () => 0.5,
        isOnline: () => true,
    };
    const client = new ChatClient({ url: 'ws://warung.test/chat', name: 'Ana', env, ...options });
    const [room] = rooms.map((name) => client.join(name));
    const heard = [];
    client.on('message', ({ message, fresh }) => heard.push(`${message.text}${fresh ? ' (new)' : ''}`));
    const line = () => lines.findLast((socket) => server.sockets.includes(socket));
    const come = () => {
        server.accept(line());
        server.settle();
    };
    const connect = () => {
        client.start();
        come();
    };
    const answerAll = async () => {
        while (server.http.waiting.length > 0) {
            server.http.deliver();
            await microtasks();
        }
    };
    return { server, clock, client, room, heard, line, come, connect, answerAll };
}

/** Lets what waits for a promise go on. */
export async function microtasks() {
    for (let i = 0; i < 16; i++) await null;
}
