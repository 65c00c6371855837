import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { Emitter } from '../../main/webapp/js/model/emitter.js';
import { Notices } from '../../main/webapp/js/page/notices.js';
import { same, test } from './harness.js';

const BUDI = { id: 'u-2', name: 'Budi' };

/**
 * A page of Ana's with notices, which is on another room; `shown` are the notices, `told` is what the other pages hear,
 * `pass()` lets the grace pass.
 */
function aPage({ level = 'all', muted = [] } = {}) {
    const waiting = [];
    const shown = [];
    const told = [];
    const client = Object.assign(new Emitter(), { find: () => null });
    const tabs = Object.assign(new Emitter(), { tell: (name, detail) => told.push([name, detail]) });
    const notify = (notice) => {
        const each = { ...notice, close: () => (each.closed = true) };
        shown.push(each);
        return each;
    };
    const after = (ms, act) => waiting.push(act);
    const attention = { present: true };
    const navigation = { room: null };
    const notices = new Notices({
        attention,
        client,
        identity: { load: () => ({ id: 'u-1' }) },
        navigation,
        settings: { level, muted: new Set(muted) },
        tabs,
        after,
        notify,
    });
    notices.alone = true;
    const room = { name: 'kitchen', joined: true, timeline: { epoch: 'e-1' }, read: null };
    const hear = (seq, more) =>
        client.emit('message', { room, message: { seq, from: BUDI, text: 'soto', ...more }, fresh: true });
    return { attention, navigation, client, tabs, notices, room, shown, told, hear, pass: () => waiting.splice(0).forEach((act) => act()) };
}

speak('en');

test('a message unseen within the grace has a notice, once, which is closed when it is read', () => {
    const { client, shown, told, hear, pass } = aPage();
    hear(7);
    same(shown, []);
    pass();
    same(
        [shown, told],
        [
            [{ title: 'Budi · #kitchen', body: 'soto', room: 'kitchen', seq: 7 }],
            [['settled', { room: 'kitchen', epoch: 'e-1', seq: 7 }]],
        ],
    );
    client.emit('room', { name: 'kitchen', unread: 1 });
    same(shown[0].closed == null, true);
    client.emit('room', { name: 'kitchen', unread: 0 });
    same(shown[0].closed, true);
});

test('a message read meanwhile, here or on another page, or announced by it, has no notice', () => {
    for (const [settle, n] of [
        [({ room }) => (room.read = { seq: 7, n: 7 }), 0],
        [({ tabs }) => tabs.emit('settled', { room: 'kitchen', epoch: 'e-1', seq: 7 }), 0],
        [({ tabs }) => tabs.emit('settled', { room: 'kitchen', epoch: 'e-1', seq: 6 }), 1],
        [({ tabs }) => tabs.emit('settled', { room: 'kitchen', epoch: 'e-0', seq: 9 }), 1],
        [({ tabs }) => tabs.emit('settled', { room: 'yard', epoch: 'e-1', seq: 9 }), 1],
        [({ notices }) => (notices.alone = false), 0],
    ]) {
        const page = aPage();
        page.hear(7);
        settle(page);
        page.pass();
        same(page.shown.length, n, String(settle));
    }
});

test('own, muted and unwanted messages have no notice', () => {
    for (const [options, message, n] of [
        [{ level: 'none' }, {}, 0],
        [{ muted: ['kitchen'] }, {}, 0],
        [{ level: 'mine' }, {}, 0],
        [{ level: 'mine' }, { mentions: ['u-1'] }, 1],
        [{}, { from: { id: 'u-1', name: 'Ana' } }, 0],
    ]) {
        const page = aPage(options);
        page.hear(7, message);
        page.pass();
        same(page.shown.length, n, JSON.stringify([options, message]));
    }
});

test('a mention in a direct conversation has no notice of its own: each message there is for the user', () => {
    const page = aPage();
    page.client.emit('invited', { from: BUDI, in: 'direct.u-1.u-2' });
    page.client.emit('mentioned', { from: BUDI, in: 'direct.u-1.u-2', message: 1 });
    same(page.shown.length, 1);
});

test('a mention or invitation elsewhere has a notice at once, unless the room is joined', () => {
    const page = aPage();
    page.client.emit('mentioned', { from: BUDI, in: 'yard', message: 3 });
    page.client.emit('invited', { from: BUDI, in: 'yard' });
    page.client.find = () => ({ name: 'yard', joined: true });
    page.client.emit('mentioned', { from: BUDI, in: 'yard', message: 4 });
    same(
        page.shown.map(({ title, room, seq }) => [title, room, seq]),
        [
            ['Budi', 'yard', 3],
            ['(2) #yard', 'yard', 3],
        ],
    );
});

test('a reply in a joined room has a notice, unless it is seen, or the user is told of all messages', () => {
    for (const [level, n] of [
        ['mine', 1],
        ['all', 0],
        ['none', 0],
    ]) {
        const page = aPage({ level });
        page.client.find = () => page.room;
        page.client.emit('replied', { from: BUDI, in: 'kitchen', message: 3, to: 1 });
        page.client.emit('replied', { from: BUDI, in: 'direct.u-1.u-2', message: 3, to: 1 });
        page.client.emit('reaction', { from: BUDI, in: 'kitchen', message: 3, emoji: '🍵' });
        page.pass();
        same(page.shown.length, n, level);
    }
    const page = aPage({ level: 'mine' });
    page.client.emit('replied', { from: BUDI, in: 'yard', message: 3, to: 1 });
    same(
        page.shown.map(({ room, seq, body }) => [room, seq, body]),
        [['yard', 3, 'Budi replied to you in #yard.']],
    );
    page.hear(9, { calls: 'all' });
    page.pass();
    same(page.shown.length, 2, 'a call to all');
});

test('what is visible in a window without the keyboard is not seen, until the user returns', () => {
    for (const [present, n] of [
        [true, 0],
        [false, 1],
    ]) {
        const page = aPage();
        page.navigation.room = page.room;
        page.attention.present = present;
        page.hear(7);
        same(page.told.length, present ? 1 : 0, 'the other pages need not notify');
        page.pass();
        same(page.shown.length, n);
        page.hear(8);
        page.attention.present = true;
        page.pass();
        same(page.shown.length, n);
    }
});

test('several notices of a room are shown together, and lead to the first', () => {
    const page = aPage();
    for (let seq = 7; seq <= 12; seq++) {
        page.hear(seq, { text: `soto ${seq}` });
        page.pass();
    }
    same(
        page.shown.map(({ title, seq }) => [title, seq]).slice(0, 3),
        [
            ['Budi · #kitchen', 7],
            ['(2) #kitchen', 7],
            ['(3) #kitchen', 7],
        ],
    );
    same(page.shown[5].body, 'Budi: soto 9\nBudi: soto 10\nBudi: soto 11\nBudi: soto 12');
    page.client.emit('room', { name: 'kitchen', unread: 0 });
    same(page.shown[5].closed, true);
    page.hear(13);
    page.pass();
    same([page.shown[6].title, page.shown[6].seq], ['Budi · #kitchen', 13]);
    for (const message of [3, 4]) page.client.emit('mentioned', { from: BUDI, in: 'yard', message });
    same(
        page.shown.slice(7).map(({ room, title, seq }) => [room, title, seq]),
        [
            ['yard', 'Budi', 3],
            ['yard', '(2) #yard', 3],
        ],
    );
});

test('an edit that mentions the user in a joined room has a notice, unless it is seen', () => {
    const page = aPage({ level: 'mine' });
    page.client.find = () => page.room;
    page.client.emit('mentioned', { from: BUDI, in: 'kitchen', message: 3, edit: 9 });
    page.room.read = { seq: 8, n: 8 };
    page.pass();
    same([page.shown.length, page.shown[0].seq], [1, 3]);
    page.client.emit('mentioned', { from: BUDI, in: 'kitchen', message: 3, edit: 10 });
    page.room.read = { seq: 10, n: 8 };
    page.pass();
    same(page.shown.length, 1);
});
