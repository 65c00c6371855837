import { Room } from '../../main/webapp/js/model/room.js';
import { same, test } from './harness.js';

const ME = 'u-1';
const ana = { id: ME, name: 'Ana' };
const budi = { id: 'u-2', name: 'Budi' };
const message = (seq, from = budi, more = {}) => ({
    type: 'message',
    room: 'lobby',
    seq,
    n: seq,
    at: `2026-11-23T19:31:${10 + seq}.000Z`,
    from,
    text: `${seq}`,
    ...more,
});
const joined = (head, more = {}) => ({
    type: 'joined',
    room: 'lobby',
    epoch: 'e-1',
    head,
    n: head,
    access: 'public',
    topic: '',
    ...more,
});

function lobby(last) {
    let now = 0;
    const room = new Room('lobby', last, () => now);
    return { room, pass: (ms) => (now += ms), hear: (...events) => events.map((event) => room.apply(event, ME)) };
}

test('how the room is comes with the join, and changes with its entries', () => {
    const { room, hear } = lobby();
    hear(joined(3, { access: 'members', topic: 'Soto', moderator: true }));
    hear({ ...message(3), type: 'changed', topic: 'of old' }, { ...message(4), type: 'changed', archived: true });
    same([room.access, room.topic, room.moderator, room.archived], ['members', 'Soto', true, true]);
    hear({ ...message(5), type: 'added', user: ana }, { ...message(6), type: 'changed', archived: false, topic: '' });
    same([room.member, room.archived, room.topic, room.n], [true, false, '', 6]);
});

test('the user moderates the room from the entry that says so to the one that ends it', () => {
    const { room, hear } = lobby();
    hear(joined(3), { ...message(2), type: 'appointed', user: ana });
    same(room.moderator, false);
    hear({ ...message(4), type: 'appointed', user: budi });
    same(room.moderator, false);
    hear({ ...message(5), type: 'appointed', user: ana }, { ...message(6), type: 'dismissed', user: budi });
    same(room.moderator, true);
    hear({ ...message(7), type: 'dismissed', user: ana });
    same(room.moderator, false);
});

test('it is caught up when all has come that was said before', () => {
    const { room, hear } = lobby();
    same(room.caughtUp, false);
    hear(joined(2));
    same(room.caughtUp, false);
    hear(message(1));
    same(room.caughtUp, false);
    hear(message(2));
    same(room.caughtUp, true);
    hear({ type: 'left', room: 'lobby', reason: 'left' });
    same(room.caughtUp, false);
});

test('the list of rooms says how a room is, unless we know better', () => {
    const { room, hear } = lobby();
    room.told({
        room: 'lobby',
        access: 'public',
        topic: 'from the list',
        head: 2,
        n: 2,
        at: 'x',
        member: true,
        with: budi,
    });
    same([room.topic, room.member, room.with.name, room.at], ['from the list', true, 'Budi', 'x']);
    hear(joined(5, { topic: 'newer' }));
    room.told({ room: 'lobby', access: 'public', topic: 'older', head: 3, n: 3, at: 'w' });
    same([room.topic, room.member, room.at], ['newer', false, 'x']);
});

test('the roster is the latest one received', () => {
    const { room, hear } = lobby();
    hear(
        { type: 'roster', room: 'lobby', count: 300, here: [ana, budi] },
        { type: 'roster', room: 'lobby', count: 1, here: [ana] },
    );
    same(room.roster, { count: 1, here: [ana] });
});

test('somebody is typing until their message comes, or until nothing is heard any more; we ourselves do not count', () => {
    const { room, pass, hear } = lobby();
    hear(joined(0), { type: 'typing', room: 'lobby', users: [budi, ana] });
    same(room.typing, [budi]);
    hear(message(1));
    same(room.typing, []);
    hear({ type: 'typing', room: 'lobby', users: [budi] });
    pass(6_000);
    same(room.typing, [budi]);
    pass(1_000);
    same(room.typing, []);
});

test('a removed member is out for good', () => {
    const { room, hear } = lobby();
    hear(joined(0), { type: 'left', room: 'lobby' });
    same([room.joined, room.closed], [false, null]);
    hear(joined(0), { type: 'left', room: 'lobby', reason: 'removed' });
    same([room.joined, room.closed], [false, 'removed']);
});

test('the unread count continues from the list, as messages come and are read', () => {
    const { room, hear } = lobby(0);
    room.told({ room: 'lobby', head: 10, n: 10, read: { seq: 7, n: 7 }, unread: 2, mentions: 1 });
    hear(joined(10), message(11, ana), message(12, budi, { mentions: [ME] }), message(13));
    same([room.unread, room.mentions, room.uncertain], [4, 2, false]);
    room.readTo(12);
    same([room.unread, room.mentions, room.read], [1, 0, { seq: 12, n: 12 }]);
    room.readTo(0);
    same([room.unread, room.read], [0, null]);
});

test('when entries were passed over, what is unread has to be asked for', () => {
    const { room, hear } = lobby(0);
    room.told({ room: 'lobby', head: 10, n: 10, read: { seq: 7, n: 7 }, unread: 2 });
    hear(joined(12));
    same(room.uncertain, true);
    room.told({ room: 'lobby', head: 12, n: 12, read: { seq: 7, n: 7 }, unread: 3 });
    same([room.uncertain, room.unread], [false, 3]);
    hear({ type: 'gap', room: 'lobby', from: 13, to: 20 }, message(21));
    same(room.uncertain, true);
});

test('after a reset everything is new, and the mark has to be asked for', () => {
    const { room, hear } = lobby();
    room.told({ room: 'lobby', head: 3, n: 3, read: { seq: 1, n: 1 }, unread: 2 });
    hear(joined(3), message(1), message(2), message(3));
    hear({ type: 'reset', room: 'lobby', epoch: 'e-2', head: 1 }, { ...joined(1), epoch: 'e-2' }, message(1));
    same([room.unread, room.read, room.uncertain, room.backlog], [0, null, true, 1]);
});

test('a room is caught up when all has come that there was when we came in, and again when we come back', () => {
    const room = new Room('lobby');
    const joined = (head) => room.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head, n: head });
    const comes = (seq) =>
        room.apply({
            type: 'message',
            room: 'lobby',
            seq,
            n: seq,
            at: '2026-11-23T12:00:00Z',
            from: { id: 'u-2', name: 'Budi' },
            text: `${seq}`,
        });
    const caughtUp = (act, value) => (act(value), room.caughtUp);
    same([caughtUp(joined, 2), caughtUp(comes, 1), caughtUp(comes, 2)], [false, false, true]);
    room.joined = false;
    same([room.caughtUp, caughtUp(joined, 4), caughtUp(comes, 3), caughtUp(comes, 4)], [false, false, false, true]);
    room.joined = false;
    joined(9);
    room.apply({ type: 'gap', room: 'lobby', from: 5, to: 9 });
    same(room.caughtUp, true, 'what will not come is not waited for');
});

test('an edit counts when it is what mentions the user, and not when the message did', () => {
    const { room, hear } = lobby(0);
    room.told({ room: 'lobby', head: 10, n: 10, read: { seq: 10, n: 10 }, unread: 0, mentions: 0 });
    const edit = (seq, target) => ({ type: 'edited', seq, n: 12, from: budi, target, text: '@Me', mentions: [ME] });
    hear(joined(10), message(11, budi), message(12, budi, { mentions: [ME] }), edit(13, 12));
    same([room.unread, room.mentions, room.uncertain], [2, 1, false]);
    hear(edit(14, 11));
    hear(edit(15, 11));
    same([room.unread, room.mentions, room.uncertain], [2, 2, false]);
    hear(edit(16, 3));
    same([room.mentions, room.uncertain], [2, true], 'a message that is not here');
});
