import { Room } from '../../main/webapp/js/model/room.js';
import { readMarker } from '../../main/webapp/js/page/attention.js';
import { same, test } from './harness.js';

const ANA = { id: 'u-1', name: 'Ana' };
const BUDI = { id: 'u-2', name: 'Budi' };

/** A marker for Ana, what it has told the server, and a room in which `say(n)` brings the nth message. */
function aMarker() {
    const told = [];
    const marker = readMarker({ user: ANA, read: (room, seq) => told.push(`${room} ${seq}`) });
    const room = new Room('lobby', 0);
    const join = (epoch) => room.apply({ type: 'joined', epoch, head: 0, n: 0 }, ANA.id);
    const say = (seq) =>
        room.apply({ type: 'message', seq, n: seq, at: '2026-11-23T12:00:00Z', from: BUDI, text: 'hi' }, ANA.id);
    return { marker, told, room, join, say };
}

test('each end of a room that is seen is told once', () => {
    const { marker, told, room, join, say } = aMarker();
    marker.see(room);
    join('e-1');
    marker.see(room);
    same(told, [], 'there is nothing to read');
    say(1);
    for (let i = 0; i < 3; i++) marker.see(room);
    say(2);
    marker.see(room);
    same(told, ['lobby 1', 'lobby 2']);
});

test('the same end is told again in a new log, and after one has come to the room anew', () => {
    const { marker, told, room, join, say } = aMarker();
    join('e-1');
    say(1);
    marker.see(room);
    join('e-2');
    say(1);
    marker.see(room);
    marker.forget(room);
    marker.see(room);
    same(told, ['lobby 1', 'lobby 1', 'lobby 1']);
});

test("one's own word is read when it comes, unless others have said something before it", () => {
    const { marker, told, room } = aMarker();
    const message = { seq: 5, from: ANA };
    marker.hear({ room, message, fresh: true });
    marker.hear({ room, message: { ...message, from: BUDI }, fresh: true });
    marker.hear({ room, message, fresh: false });
    marker.hear({ room: { name: 'lobby', unread: 1 }, message, fresh: true });
    same(told, ['lobby 5']);
});
