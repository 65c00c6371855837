import { decode, encode } from '../../main/webapp/js/net/connection.js';
import { fakeTable } from './fake-table.js';
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

test('commands of the client look like the golden ones', async () => {
    const golden = (await linesOf('commands.jsonl')).map((line) => JSON.parse(line));
    const fieldsOf = (command) => [command.type, ...Object.keys(command)].join(' ');
    const known = new Set(golden.map(fieldsOf));
    const { server, client, clock, connect, come } = fakeTable();
    connect();
    client.post('lobby', 'hi');
    server.line.toClient.push({ type: 'ping', n: 7 });
    server.settle();
    client.post('lobby', '@Budi yes', { replyTo: 1, mentions: ['u-other'] });
    client.edit('lobby', 1, 'hi!');
    client.edit('lobby', 1, 'hi @Budi!', { mentions: ['u-other'] });
    client.post('lobby', '@all it is served', { calls: 'all' });
    client.post('lobby', 'so do I', { replyTo: 1, call: false });
    client.edit('lobby', 1, '@here hi', { calls: 'here' });
    client.remove('lobby', 1);
    client.typing('lobby');
    client.read('lobby', 1);
    clock.pass(5_000);
    for (const asking of [
        client.create('kitchen', { access: 'members', topic: 'What to cook' }),
        client.change('kitchen', { topic: 'Soto tonight' }),
        client.change('kitchen', { archived: true }),
        client.createNamed({ access: 'public', title: '旅行计划' }),
        client.change('kitchen', { title: 'Dapur' }),
        client.change('kitchen', { calls: 'members' }),
        client.star('kitchen', true),
        client.readBack('lobby', 1),
        client.add('kitchen', 'u-other'),
        client.removeMember('kitchen', 'u-other'),
        client.direct('u-other'),
        client.react('lobby', 1, '🍵', true).catch(({ code }) => same(code, 'no-such-message')),
    ]) {
        server.settle();
        await asking;
    }
    server.cut(server.line);
    clock.pass(clock.nextInMs);
    come();
    client.rename('Ana Maria');
    come();
    client.leave('lobby');
    server.settle();
    for (const command of server.received)
        holds(known.has(fieldsOf(command)), `not a golden command: ${encode(command)}`);
    const unused = [...known].filter((fields) => !server.received.some((command) => fieldsOf(command) === fields));
    same(
        unused,
        [
            'join type room',
            'sign-out type',
            'sign-out type everywhere id',
            'post type room text',
            'appoint type room id user',
            'dismiss type room id user',
            'direct type user',
            ...['hello type id name', 'join type id room last', 'leave type id room'],
            ...['typing type id room', 'read type id room seq', 'pong type id n'],
        ],
        'we always say how much, and give an id to what we wait for',
    );
});

test('a frame that is no array of events is refused, unknown events are ignored', () => {
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
