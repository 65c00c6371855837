import { Emitter } from '../../main/webapp/js/model/emitter.js';
import { roomsIn, startFirstRoom } from '../../main/webapp/js/page/first-room.js';
import { microtasks } from './fake-table.js';
import { same, test } from './harness.js';

/** A token as applications give it, with these patterns. */
function tokenFor(rooms) {
    const claims = btoa(JSON.stringify({ sub: 'ana', name: '~~??>>', rooms }));
    return `e30.${claims.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}.c2ln`;
}

/** The page in a room that it has opened by itself; every room but those `there` is refused. Returns where it went. */
async function visits({ token, there, isNamed = false }) {
    const client = new Emitter();
    client.rooms = async () => there.map((name) => ({ name, closed: null }));
    const visited = [];
    const navigation = { room: { name: 'lobby' }, isNamed, replace: (name) => arrive(name) };
    const refuse = () => client.emit('removed', { room: navigation.room, reason: 'no-such-room' });
    function arrive(name) {
        visited.push(name);
        navigation.room = { name };
        if (!there.includes(name)) refuse();
    }
    startFirstRoom({ client, identity: { load: () => ({ token }) }, navigation });
    refuse();
    for (let i = 0; i < 20; i++) await microtasks();
    return visited;
}

test('the names among the patterns of a token are those of rooms', () => {
    same(roomsIn(tokenFor(['order-17-*', 'order-17', 'Not a room', 'lobby'])), ['order-17', 'lobby']);
    for (const token of [null, 'key', 'w2.eyJ.sig', tokenFor(undefined), tokenFor('lobby')]) same(roomsIn(token), []);
});

test('whose token names a room comes into that, and otherwise into the first that they may read', async () => {
    same(await visits({ token: tokenFor(['team-*', 'team-1']), there: ['team-7', 'team-1'] }), ['team-1']);
    same(await visits({ token: tokenFor(['team-*']), there: ['team-7', 'team-1'] }), ['team-7']);
    same(await visits({ token: 'w2.eyJ.sig', there: ['team-7'] }), ['team-7']);
});

test('rooms that are refused too are not tried again', async () => {
    same(await visits({ token: tokenFor(['a', 'b']), there: ['c'] }), ['a', 'b', 'c']);
    same(await visits({ token: tokenFor(['a']), there: [] }), ['a']);
});

test('whoever names a room in the address is told that it is not there', async () => {
    same(await visits({ token: tokenFor(['team-1']), there: ['team-1'], isNamed: true }), []);
});
