import { ChatClient } from '../../main/webapp/js/net/chat-client.js';
import { decode, encode } from '../../main/webapp/js/net/codec.js';
import { FakeServer, ManualClock } from './fake-server.js';
import { holds, same, test } from './harness.js';

const linesOf = async (name) => {
    const response = await fetch(new URL(`../resources/protocol/${name}`, import.meta.url));
    return (await response.text()).split('\n').filter(Boolean);
};

test('every golden event is read, from text and from bytes', async () => {
    const lines = await linesOf('events.jsonl');
    holds(lines.length > 8, 'the golden file is empty');
    for (const line of lines) {
        same(decode(`[${line}]`), [JSON.parse(line)]);
        same(decode(new TextEncoder().encode(`[${line}]`)), [JSON.parse(line)]);
    }
});

test('what we send looks like the golden commands', async () => {
    const golden = (await linesOf('commands.jsonl')).map((line) => JSON.parse(line));
    const fieldsOf = (command) => Object.keys(command).join(' ');
    const known = new Set(golden.map(fieldsOf));
    const server = new FakeServer();
    const clock = new ManualClock();
    const client = new ChatClient({ url: 'ws://warung.test/chat', name: 'Ana', env: { ...clock.env, WebSocket: server.WebSocket } });
    const connect = () => {
        server.accept(server.line);
        server.settle();
    };
    client.join('lobby');
    client.start();
    connect();
    client.post('lobby', 'hi');
    server.line.toClient.push({ type: 'ping', n: 7 });
    server.settle();
    client.rename('Ana Maria');
    connect();
    client.leave('lobby');
    server.settle();
    for (const command of server.received) holds(known.has(fieldsOf(command)), `not a golden command: ${encode(command)}`);
    same([...new Set(server.received.map(({ type }) => type))].sort(), ['hello', 'join', 'leave', 'pong', 'post']);
});

test('what is no array of events is refused, what we do not know is passed over', () => {
    for (const frame of ['', '{}', '"x"', '[', 'null']) {
        let refused = false;
        try {
            decode(frame);
        } catch {
            refused = true;
        }
        holds(refused, `accepted: ${frame}`);
    }
    same(decode('[null,1,"x",{"no":"type"},{"type":"left","room":"lobby"}]'), [{ type: 'left', room: 'lobby' }]);
});
