import { isWorthANotice } from '../../main/webapp/js/model/notify.js';
import { mayChangeTopic, closedReason } from '../../main/webapp/js/model/permissions.js';
import { neighbour, roomList, unreadIn } from '../../main/webapp/js/model/room-list.js';
import { same, test } from './harness.js';

const room = (name, more = {}) => ({
    name,
    member: false,
    read: { seq: 1, n: 1 },
    unread: 0,
    closed: null,
    archived: false,
    at: null,
    ...more,
});
const names = (rooms) => rooms.map(({ name }) => name);

test('rooms stand by name, direct conversations by what was said last', () => {
    const all = [
        room('room-10'),
        room('direct.a.b', { at: '2026-01-01' }),
        room('room-9'),
        room('direct.a.c', { at: '2026-01-02' }),
        room('direct.a.d'),
    ];
    const { rooms, directs } = roomList(all);
    same(
        [names(rooms), names(directs)],
        [
            ['room-9', 'room-10'],
            ['direct.a.c', 'direct.a.b', 'direct.a.d'],
        ],
    );
});

test('one is in the rooms one is a member of or has read in, and for now in the one on the page', () => {
    const here = room('here', { read: null });
    const all = [
        here,
        room('other', { read: null }),
        room('member', { read: null, member: true }),
        room('gone', { closed: 'removed' }),
    ];
    same(names(roomList(all, here).rooms), ['here', 'member']);
    same(names(roomList([room('shut', { closed: 'not-a-member' })], null).rooms), []);
});

test('an archived room is listed while something in it is unread, or one is in it', () => {
    const old = room('old', { archived: true });
    const all = [old, room('news', { archived: true, unread: 2 })];
    same([names(roomList(all).rooms), names(roomList(all, old).rooms)], [['news'], ['news', 'old']]);
});

test('unread messages are counted in joined rooms, but not in muted ones', () => {
    const all = [room('a', { unread: 2 }), room('b', { unread: 3 }), room('c', { unread: 4, read: null })];
    same([unreadIn(all), unreadIn(all, new Set(['b']))], [5, 2]);
});

test('from room to room one goes round', () => {
    const [a, b] = [room('a'), room('b')];
    const direct = room('direct.a.b');
    const list = { rooms: [a, b], directs: [direct] };
    same(
        [neighbour(list, a, 1), neighbour(list, b, 1), neighbour(list, direct, 1), neighbour(list, a, -1)].map(
            ({ name }) => name,
        ),
        ['b', 'direct.a.b', 'a', 'direct.a.b'],
    );
    same(neighbour({ rooms: [], directs: [] }, a, 1), null);
});

test('a room is shut for whom is out of it, and for all when it is archived', () => {
    same(
        [
            { closed: 'removed', archived: true },
            { closed: null, archived: true },
            { closed: null, archived: false },
        ].map(closedReason),
        ['removed', 'archived', null],
    );
});

test('in a public room anybody may change the topic, elsewhere moderators, in an archived one nobody', () => {
    const may = (access, moderator, archived = false) => mayChangeTopic({ access, moderator, archived, joined: true });
    same(
        [may('public', false), may('members', false), may('members', true), may('public', true, true)],
        [true, false, true, false],
    );
});

test('a notice is worth what the user has chosen, and nothing in a room that is not to disturb', () => {
    const message = { from: { id: 'u-2' }, mentions: ['u-1'] };
    const plain = { from: { id: 'u-2' } };
    const worth = (name, said, level, muted = []) =>
        isWorthANotice({ name }, said, { me: 'u-1', level, muted: new Set(muted) });
    same(
        [worth('a', message, 'none'), worth('a', message, 'mine'), worth('a', plain, 'mine'), worth('a', plain, 'all')],
        [false, true, false, true],
    );
    same(
        [
            worth('direct.a.b', plain, 'mine'),
            worth('a', message, 'all', ['a']),
            worth('a', { from: { id: 'u-1' } }, 'all'),
        ],
        [true, false, false],
    );
});
