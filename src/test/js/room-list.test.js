import { isQuietAt, isWorthANotice } from '../../main/webapp/js/model/notify.js';
import { mayChangeTopic, closedReason } from '../../main/webapp/js/model/permissions.js';
import { callsIn, namesakesIn, neighbour, nextUnread, roomList, unreadIn } from '../../main/webapp/js/model/room-list.js';
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
    const list = { starred: [], unread: [], rooms: [a, b], directs: [direct] };
    same(
        [neighbour(list, a, 1), neighbour(list, b, 1), neighbour(list, direct, 1), neighbour(list, a, -1)].map(
            ({ name }) => name,
        ),
        ['b', 'direct.a.b', 'a', 'direct.a.b'],
    );
    same(neighbour({ starred: [], unread: [], rooms: [], directs: [] }, a, 1), null);
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

test('where there are many rooms, unread ones come first: mentions, then the latest; muted and current ones stay', () => {
    const many = Array.from({ length: 30 }, (_, i) => room(`room-${i}`));
    Object.assign(many[20], { unread: 3, at: '2026-01-02' });
    Object.assign(many[5], { unread: 1, at: '2026-01-01', mentions: 1 });
    Object.assign(many[7], { unread: 9, at: '2026-01-03' });
    Object.assign(many[8], { unread: 2, at: '2026-01-04' });
    for (const each of many) each.mentions ??= 0;
    const muted = new Set(['room-8']);
    const { unread, rooms } = roomList(many, many[7], { muted });
    same(names(unread), ['room-5', 'room-20']);
    same(rooms.length, 28);
    const entered = roomList(many, many[20], { muted, entered: many[20] });
    same(names(entered.unread), ['room-5', 'room-7', 'room-20'], 'the room that was entered from there stays');
    same(names(roomList(many.slice(0, 12), null, { muted }).unread), [], 'a few are all in sight');
});

test('from anywhere, the next unread room is the one below, then the first', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => room(name, { mentions: 0, unread: name === 'a' || name === 'd' ? 1 : 0 }));
    const list = roomList(all, all[1]);
    const next = (here, muted) => nextUnread(list, here, muted ?? null)?.name ?? null;
    same([next(all[1]), next(all[3]), next(all[0]), next(all[1], new Set(['d']))], ['d', 'a', 'd', 'a']);
    same(nextUnread(roomList([all[0]], all[0]), all[0], null), null);
});

test('mentions concern the user, and all in direct conversations, but nothing in muted rooms', () => {
    const all = [room('a', { unread: 5, mentions: 2 }), room('direct.a.b', { unread: 3, mentions: 0 }), room('c', { unread: 1, mentions: 0 })];
    same([callsIn(all), callsIn(all, new Set(['a'])), callsIn([], null)], [5, 3, 0]);
});

test('quiet hours end before their end, and go past midnight', () => {
    const at = (quiet) => ['00:00', '06:59', '07:00', '12:00', '21:59', '22:00', '23:59'].map((time) => (isQuietAt(time, quiet) ? 1 : 0)).join('');
    same(at({ from: '22:00', to: '07:00' }), '1100011');
    same(at({ from: '07:00', to: '22:00' }), '0011100');
    same(at({ from: '07:00', to: '07:00' }), '0000000');
    same(at(null), '0000000');
});

test('rooms stand by their titles where they have one, and titles that look alike are known', () => {
    const all = [
        room('r-2', { title: 'Soto' }),
        room('kopi'),
        room('r-1', { title: '旅行计划' }),
        room('r-3', { title: 'SOTO' }),
        room('r-4', { title: 'ａｒｓｉｐ' }),
    ];
    const { rooms } = roomList(all);
    same(names(rooms), ['r-4', 'kopi', 'r-2', 'r-3', 'r-1']);
    same([...namesakesIn(all)].sort(), ['r-2', 'r-3']);
    same([...namesakesIn([room('a', { title: '' }), room('b', { title: '' })])], []);
});

test('starred rooms are apart, on top, whether one is in them or they are archived, and stay there when unread', () => {
    const many = Array.from({ length: 14 }, (_, i) => room(`room-${i}`, { mentions: 0 }));
    Object.assign(many[3], { starred: true, unread: 2 });
    Object.assign(many[5], { unread: 1 });
    const old = room('attic', { starred: true, read: null, archived: true, mentions: 0 });
    const list = roomList([...many, old], many[0]);
    same([names(list.starred), names(list.unread)], [['attic', 'room-3'], ['room-5']]);
    same(list.rooms.length, 12);
    same(names(roomList([{ ...old, closed: 'removed' }]).starred), []);
    same([neighbour(list, many[0], -1).name, neighbour(list, old, 1).name], ['room-5', 'room-3']);
    same(nextUnread(list, many[0], null).name, 'room-3');
});
