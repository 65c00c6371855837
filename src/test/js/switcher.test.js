import { roomNameFrom } from '../../main/webapp/js/model/address.js';
import { mayBeMade, roomNamed, roomsFor } from '../../main/webapp/js/model/switcher.js';
import { same, test } from './harness.js';

const room = (name, more = {}) => ({ name, topic: '', member: false, read: null, closed: null, ...more });
const mine = (name, more) => room(name, { read: { seq: 1, n: 1 }, ...more });
const found = (typed, rooms) => roomsFor(typed, rooms).map(({ name }) => name);

test('nothing typed finds all rooms, those one is in first', () => {
    same(found('', [room('a'), mine('b'), room('c'), mine('d')]), ['b', 'd', 'a', 'c']);
});

test('nothing typed offers what is unread first, then the latest, and not where one is', () => {
    const here = mine('here', { at: '2026-11-25T12:00:00Z' });
    const old = mine('old', { at: '2026-11-23T12:00:00Z', unread: 2 });
    const rooms = [
        here,
        mine('never'),
        mine('late', { at: '2026-11-25T11:00:00Z' }),
        old,
        mine('early', { at: '2026-11-24T11:00:00Z' }),
    ];
    same(
        roomsFor('', rooms, here).map(({ name }) => name),
        ['old', 'late', 'early', 'never'],
    );
    same(roomsFor('here', rooms, here), [here]);
});

test('names that begin so come before names that have it elsewhere, topics last', () => {
    const rooms = [room('x', { topic: 'Soto' }), mine('besoto'), room('soto'), mine('soto-ayam')];
    same(found('sot', rooms), ['soto-ayam', 'soto', 'besoto', 'x']);
    same(found('#SOT', rooms), ['soto-ayam', 'soto', 'besoto', 'x']);
    same(found('nasi', rooms), []);
});

test('an exact name comes first, even before more recent or joined rooms', () => {
    const rooms = [mine('soto-ayam', { unread: 2, at: '2026-11-25T12:00:00Z' }), room('soto')];
    same(
        [found('soto', rooms), found('#Soto', rooms)],
        [
            ['soto', 'soto-ayam'],
            ['soto', 'soto-ayam'],
        ],
    );
    const people = ['Ana 2', 'Ana'].map((name) =>
        mine(name, { name: `direct.${name}`, member: true, with: { id: name, name } }),
    );
    same(found('ana', people), ['direct.Ana', 'direct.Ana 2']);
});

test('a direct conversation is found by the name of the other one, never by its own', () => {
    const rooms = [room('direct.u-1.u-2', { member: true, with: { id: 'u-2', name: 'José' } })];
    same([found('jose', rooms), found('direct', rooms), found('u-1', rooms)], [['direct.u-1.u-2'], [], []]);
});

test('at most fifty are offered, or so many as are wanted', () => {
    const rooms = Array.from({ length: 120 }, (_, i) => room(`r-${i}`));
    same(
        [roomsFor('', rooms).length, roomsFor('', rooms, null, 100).length, roomsFor('', rooms, null, 200).length],
        [50, 100, 120],
    );
});

test('rooms that are closed to us are not offered', () => same(found('', [room('a', { closed: 'removed' })]), []));

test('typed text becomes a room name', () => {
    same(['#Soto Tonight ', 'kitchen', ' a.b '].map(roomNameFrom), ['soto-tonight', 'kitchen', 'a.b']);
    same(['kitchen', 'inbox.u-1', 'direct.u-1.u-2', 'Kitchen', ''].map(mayBeMade), [true, false, false, false, false]);
});

test('a room is found by its title in any script, and by its name', () => {
    const trip = mine('r-hq3mz7ka', { title: '旅行计划' });
    const rooms = [mine('kopi', { topic: '旅行' }), trip, room('soto', { title: 'Soto Tonight' }), mine('sotong')];
    same(
        [found('旅行', rooms), found('旅行计划', rooms), found('tonight', rooms), found('r-hq3', rooms), found('soto', rooms)],
        [['r-hq3mz7ka', 'kopi'], ['r-hq3mz7ka'], ['soto'], ['r-hq3mz7ka'], ['soto', 'sotong']],
    );
    same(
        ['旅行计划 ', 'soto tonight', 'SOTO', '#soto', 'sot', ''].map((typed) => roomNamed(typed, rooms)?.name ?? null),
        ['r-hq3mz7ka', 'soto', 'soto', 'soto', null, null],
    );
});

test('a room without a title is not found before others by an empty text', () => {
    same(found('', [room('a', { title: '' }), mine('b', { title: 'B' }), mine('c', { title: '' })]), ['b', 'c', 'a']);
});
