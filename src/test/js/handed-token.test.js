import { MemoryIdentity } from '../../main/webapp/js/net/sign-in.js';
import { takeHandedToken } from '../../main/webapp/js/net/handed-token.js';
import { fakeTable, microtasks } from './fake-table.js';
import { holds, same, test } from './harness.js';

const CITRA = { id: 's-citra', name: 'Citra' };
const DEWI = { id: 's-dewi', name: 'Dewi' };
const ANA = { id: 'u-1', name: 'Ana' };

/** A browser of `known`, or of nobody, that opens a link with `token`; `consent` is what the user answers. */
function opens(token, { known = null, consent = true, knows = (of) => !of.startsWith('garbage') } = {}) {
    const { server, clock } = fakeTable();
    server.knows = knows;
    for (const user of [CITRA, DEWI, ANA]) server.users.set(user.id, user);
    const identity = Object.assign(new MemoryIdentity(), {
        take: (taken, more) => identity.save({ token: taken, id: null, name: null, ...more }),
    });
    if (known) identity.save({ ...known, token: `t-${known.id}`, inbox: { room: 'x' } });
    const before = identity.load();
    const asked = [];
    const agreed = async (choice) => {
        asked.push(choice);
        return consent;
    };
    const env = { ...clock.env, WebSocket: server.WebSocket, fetch: server.fetch, random: () => 0.5, isOnline: () => true };
    const taken = takeHandedToken(token, { identity, url: 'ws://warung.test/chat', env, agreed });
    const answered = async () => {
        if (server.line) server.accept(server.line);
        server.settle();
        const fault = await taken;
        await microtasks();
        return fault;
    };
    return { server, clock, identity, before, asked, taken, answered };
}

test('until the server has said whose the token of a link is, and if it refuses it, everybody stays who they are', async () => {
    for (const known of [null, ANA, CITRA])
        for (const token of ['garbage', 'garbage.of.jwt']) {
            const { server, identity, before, asked, answered } = opens(token, { known });
            same(identity.load(), before);
            same(await answered(), 'welcome.stale');
            same([identity.load(), asked, server.sockets.length], [before, [], 0]);
        }
});

test('who is banned is told so, and stays who they are', async () => {
    const { server, identity, before, taken } = opens('t-s-dewi', { known: ANA });
    server.cut(server.line, 4503);
    same([await taken, identity.load()], ['ended.banned', before]);
});

test('a token of the same user is taken over without a question; what is known of them stays', async () => {
    const { server, identity, before, asked, answered } = opens('t-s-citra.2', { known: CITRA });
    same(await answered(), null);
    same([identity.load(), asked, server.sockets.length], [{ ...before, token: 't-s-citra.2' }, [], 0]);
});

test('a token of another user is taken over with consent only, whose question has the name that the server knows', async () => {
    for (const [known, consent] of [
        [ANA, true],
        [ANA, false],
        [CITRA, true],
        [CITRA, false],
    ]) {
        const { identity, before, asked, answered } = opens('t-s-dewi', { known, consent });
        same(await answered(), null);
        same(asked, [{ name: 'Dewi', other: known.name, guest: known === ANA }]);
        const { token, id, way } = identity.load();
        if (consent) same([token, id, way], ['t-s-dewi', null, 'token']);
        else same(identity.load(), before);
    }
});

test('where nobody is known, a good token is taken over at once', async () => {
    const { identity, asked, answered } = opens('t-s-citra');
    same(await answered(), null);
    same([identity.load().token, identity.load().id, asked], ['t-s-citra', null, []]);
});

test('the token that one has is not tried again', async () => {
    const { server, taken } = opens('t-s-citra', { known: CITRA });
    same([await taken, server.sockets.length], [null, 0]);
});

test('a server that does not answer keeps out nobody who is known', async () => {
    const { clock, server, identity, before, taken } = opens('t-s-dewi', { known: ANA });
    clock.pass(10_000);
    same([await taken, identity.load()], ['asked.unreachable', before]);
    await microtasks();
    clock.pass(60_000);
    holds(server.sockets.length === 0, 'it is not tried for ever');
});
