import { ChatClient } from '../../main/webapp/js/net/chat-client.js';
import { fakeTable, microtasks } from './fake-table.js';
import { Random, same, test } from './harness.js';

/** How the promise of each item has ended: its position, or the code of its error; null: not yet. */
function outcomes(items) {
    const ended = items.map(() => null);
    items.forEach((item, i) =>
        item.then(
            (position) => (ended[i] = position),
            ({ code }) => (ended[i] = code),
        ),
    );
    return ended;
}

test('an item whose entry came is acked, whether its ack comes before, after, or never', async () => {
    const random = new Random(7);
    for (const acks of ['first', 'last', 'lost', 'mixed']) {
        const { server, client, connect } = fakeTable();
        connect();
        const items = Array.from({ length: 60 }, (_, i) => client.post('lobby', `${i}`));
        const ended = outcomes(items);
        const { line } = server;
        while (line.toServer.length > 0) {
            same(line.toServer.length, 1, 'the next one is sent when this one is in the log');
            server.take(line);
            const fate = acks === 'mixed' ? random.pick(['first', 'last', 'lost']) : acks;
            const of = (type) => line.toClient.filter((event) => event.type === type);
            line.toClient = {
                first: [...of('ack'), ...of('message')],
                last: [...of('message'), ...of('ack')],
                lost: of('message'),
            }[fate];
            while (line.toClient.length > 0) server.give(line, 1 + random.below(2));
        }
        await microtasks();
        same([...new Set(items.map(({ state }) => state))], ['acked'], acks);
        same(client.outbox.of('lobby'), [], acks);
        same(
            ended,
            items.map((_, i) => ({ epoch: 'e-1', seq: i + 1 })),
            acks,
        );
    }
});

test('a post is a promise of its position, also of one that was sent twice', async () => {
    const { server, clock, client, connect } = fakeTable();
    connect();
    const item = client.post('lobby', 'mine');
    const ended = outcomes([item]);
    server.take(server.line);
    server.cut(server.line);
    await microtasks();
    same(ended, [null], 'it is not known whether it arrived');
    clock.pass(clock.nextInMs);
    server.accept(server.line);
    server.settle();
    same(await item, { epoch: 'e-1', seq: 1 });
});

test('the promise rejects when the server refuses the item, when its room is closed, and when it is discarded', async () => {
    const { server, client, connect } = fakeTable();
    connect();
    const refused = client.post('lobby', 'x');
    const [discarded, unheard] = ['y', 'z'].map((text) => client.edit('lobby', 1, text));
    const undone = client.remove('lobby', 1);
    const ended = outcomes([refused, discarded, undone, unheard]);
    server.line.toServer = [];
    server.line.toClient.push({ type: 'error', code: 'bad-text', message: 'No.', id: refused.id });
    server.give(server.line);
    client.discard(discarded);
    client.discard(undone);
    server.line.toClient.push({ type: 'error', code: 'not-a-member', command: 'join', room: 'lobby' });
    server.settle();
    await microtasks();
    same(ended, ['bad-text', 'discarded', 'discarded', 'not-a-member']);
});

test('an item that is tried again is a promise again', async () => {
    const { server, client, connect } = fakeTable();
    connect();
    for (const error of ['bad-text', 'id-conflict']) {
        const item = client.post('lobby', 'x');
        client.outbox.failed(item, error);
        const again = client.retry(item);
        same(again.id === item.id, error !== 'id-conflict');
        server.settle();
        same((await again).seq, server.log.length);
    }
});

test('who ignores the promise need not catch its error', async () => {
    const { client, connect } = fakeTable();
    connect();
    client.outbox.failed(client.post('lobby', 'x'), 'bad-text');
    await new Promise((resolve) => setTimeout(resolve)); // an unhandled rejection would end the program
    same(client.outbox.of('lobby').length, 1);
});

test('what the store keeps of an item is plain data', () => {
    const { client } = fakeTable();
    const item = client.post('lobby', 'x');
    same([typeof { ...item }.then, typeof structuredClone(item).then], ['undefined', 'undefined']);
});

test('where there is no WebSocket, a sentence says what to do', () => {
    const client = new ChatClient({ url: 'ws://warung.test/chat', name: 'Ana', env: { WebSocket: null } });
    let message = null;
    try {
        client.start();
    } catch (fault) {
        ({ message } = fault);
    }
    same(/^There is no WebSocket here\. Use Node 22 or later, or pass one: /.test(message), true, message);
});

test('a direct conversation and its refusal belong to their command, whatever is refused meanwhile', async () => {
    const { server, client, connect } = fakeTable();
    connect();
    const asked = [client.direct('u-other'), client.direct('u-nobody'), client.direct('u-other')];
    const ended = asked.map((promise) =>
        promise.then(
            (room) => room,
            ({ code }) => code,
        ),
    );
    server.line.toClient.push({ type: 'error', code: 'busy', command: 'typing', room: 'lobby', retryAfterMs: 500 });
    server.settle();
    same(await Promise.all(ended), ['direct.u-1.u-other', 'no-such-user', 'direct.u-1.u-other']);
});
