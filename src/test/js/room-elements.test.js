import { ComposerElement } from '../../main/webapp/js/elements/composer.js';
import { DirectoryElement } from '../../main/webapp/js/elements/directory.js';
import { spoken } from '../../main/webapp/js/elements/dom.js';
import { NewRoomElement } from '../../main/webapp/js/elements/new-room.js';
import { RoomSettingsElement } from '../../main/webapp/js/elements/room-settings.js';
import { SidebarElement } from '../../main/webapp/js/elements/sidebar.js';
import { lineNodes } from '../../main/webapp/js/elements/text-nodes.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { findTitlesBy } from '../../main/webapp/js/i18n/names.js';
import { holds, same, test } from './harness.js';

function shown(name, type) {
    speak('en');
    if (!customElements.get(name)) customElements.define(name, class extends type {});
    const element = document.createElement(name);
    document.body.append(element);
    return element;
}

const room = (name, more) => ({ name, title: '', topic: '', access: 'public', unread: 0, mentions: 0, ...more });
const list = (more) => ({ starred: [], unread: [], rooms: [], directs: [], ...more });

/** Collects the actions of an element. */
function heard(element, name) {
    const payloads = [];
    element.addEventListener(`warung:${name}`, ({ detail }) => payloads.push(detail));
    return payloads;
}

const later = () => new Promise((resolve) => setTimeout(resolve));

async function until(condition, about) {
    for (let tries = 0; tries < 1_000; tries++) {
        if (condition()) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(about);
}

test('a link of the sidebar keeps the focus when its room moves to another group, or others come and go', () => {
    const sidebar = shown('tested-sidebar-rooms', SidebarElement);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => room(name));
    const show = (more) => sidebar.show({ list: list(more), here: room('here'), muted: new Set(), drafts: new Set() });
    show({ rooms: [a, b, c] });
    const link = sidebar.querySelector('a[href="#b"]');
    link.focus();
    const focused = () => document.activeElement;
    for (const groups of [
        { unread: [b], rooms: [a, c] },
        { unread: [c, b], rooms: [a] },
        { starred: [b], unread: [c], rooms: [a] },
        { rooms: [c, b] },
        { rooms: [b, a, c] },
    ]) {
        show(groups);
        holds(focused() === link, `the focus is lost with ${JSON.stringify(groups)}`);
    }
    show({ rooms: [a, c] });
    same(focused().getAttribute('href'), '#a', 'the link in its place');
    show({});
    same(focused().className, 'find');
    sidebar.remove();
});

test('the sidebar says titles, and addresses where titles are alike', () => {
    const sidebar = shown('tested-sidebar-rooms', SidebarElement);
    const rooms = [room('r-1', { title: '旅行计划' }), room('r-2', { title: '<b>Soto</b>' }), room('kopi')];
    const show = (shownRooms) =>
        sidebar.show({ list: list({ rooms: shownRooms }), here: rooms[0], muted: new Set(), drafts: new Set() });
    const texts = () => [...sidebar.querySelectorAll('.rooms a')].map(({ textContent }) => textContent);
    show(rooms);
    same(texts(), ['#旅行计划', '#<b>Soto</b>', '#kopi']);
    show([...rooms, room('trip', { title: '旅行计划' })]);
    same(texts(), ['#旅行计划#r-1', '#<b>Soto</b>', '#kopi', '#旅行计划#trip']);
    sidebar.remove();
});

test('titles in sentences are isolated, and never markup', () => {
    const node = document.createElement('p');
    node.append(...spoken('room.begin', { room: '<i>שלום</i>' }));
    same([node.textContent, node.querySelector('bdi').textContent], [
        'This is the start of <i>שלום</i>.',
        '<i>שלום</i>',
    ]);
});

test('the composer says the title of its room when that comes, and not that of another', () => {
    const composer = shown('tested-titled-composer', ComposerElement);
    const label = () => composer.querySelector('textarea').getAttribute('aria-label');
    composer.open({ name: 'r-1' });
    composer.room = room('kopi', { title: 'Kopi' });
    same(label(), 'Message #r-1');
    composer.room = room('r-1', { title: '旅行计划' });
    same(label(), 'Message 旅行计划');
    composer.remove();
});

test('a link to a room says its title if it is written plainly, and the title is known', () => {
    const titles = { 'r-1': '旅行计划' };
    findTitlesBy((name) => titles[name]);
    const texts = (text) => {
        const node = document.createElement('p');
        node.append(...lineNodes(text));
        return [...node.querySelectorAll('a')].map(({ textContent }) => textContent);
    };
    same(texts('see #r-1 and #kopi'), ['旅行计划', '#kopi']);
    findTitlesBy(() => null);
    same(texts('see #r-1'), ['#r-1']);
});

test('a new room takes a title, or an address that was typed, and says what is missing', () => {
    const dialog = shown('tested-new-room', NewRoomElement);
    const made = heard(dialog, 'create');
    const field = (name) => dialog.querySelector(`#new-room-${name}`);
    const submit = () => dialog.querySelector('form').requestSubmit();
    dialog.show('旅行计划');
    same([field('title').value, dialog.querySelector('details').open], ['旅行计划', false]);
    submit();
    dialog.show('#kopi');
    same([field('title').value, field('name').value, dialog.querySelector('details').open], ['', 'kopi', true]);
    submit();
    dialog.show('');
    submit();
    same(dialog.querySelector('.fault').textContent, 'Give the room a title.');
    field('title').value = '好'.repeat(61);
    submit();
    same(dialog.querySelector('.fault').textContent, 'A title has at most 60 characters.');
    dialog.show('kopi');
    field('name').value = 'not a room!';
    submit();
    holds(dialog.querySelector('#new-room-name-hint').className === 'fault', 'the address is not refused');
    const given = { topic: '', access: 'public' };
    same(made, [{ name: null, title: '旅行计划', ...given }, { name: 'kopi', title: null, ...given }]);
    dialog.remove();
});

test('the settings of a room change its title and its topic, and star it', () => {
    const dialog = shown('tested-room-settings', RoomSettingsElement);
    const [described, starred] = [heard(dialog, 'describe'), heard(dialog, 'star')];
    const here = room('r-1', { title: '旅行计划', topic: 'kopi', joined: true, starred: false });
    dialog.show({ room: here, muted: false });
    same(dialog.querySelector('h2').textContent, '旅行计划');
    holds(dialog.textContent.includes('#r-1'), 'the address is not said');
    dialog.querySelector('#room-settings-title').value = ' Soto ';
    dialog.querySelector('form').requestSubmit();
    dialog.querySelector('input[type=checkbox]').click();
    same([described, starred], [[{ title: 'Soto', topic: 'kopi' }], [{ room: 'r-1', on: true }]]);
    dialog.remove();
});

test('the directory loads pages until it is filled, skips empty ones, and lists no room twice', async () => {
    const dialog = shown('tested-directory', DirectoryElement);
    const asked = [];
    const summary = (i) => ({ room: `r-${i}`, title: `Room ${i}`, topic: '', access: 'public', at: null });
    const pages = {
        first: { rooms: [0, 1].map(summary), next: 'b' },
        b: { rooms: [], next: 'c' },
        c: { rooms: [1, 2].map(summary), next: null },
    };
    const find = async ({ q, sort, after }) => {
        asked.push([q, sort, after ?? 'first']);
        return pages[after ?? 'first'];
    };
    dialog.show({ find, readOnly: false });
    const names = () => [...dialog.querySelectorAll('[role=option] .name')].map(({ textContent }) => textContent);
    await until(() => names().length === 3, 'not all pages are shown'); // nothing can be scrolled here
    dialog.querySelector('.choices').dispatchEvent(new Event('scroll'));
    await later();
    same(asked, ['first', 'b', 'c'].map((after) => ['', 'latest', after]));
    const gone = heard(dialog, 'room');
    dialog.querySelectorAll('[role=option]')[2].click();
    same([gone, dialog.isOpen], [['r-2'], false]);
    dialog.remove();
});

test('what was found for another text comes too late, and a failure is said', async () => {
    const dialog = shown('tested-directory', DirectoryElement);
    const answers = new Map();
    const find = ({ q }) => new Promise((resolve, reject) => answers.set(q, { resolve, reject }));
    const type = (text) => {
        dialog.querySelector('input').value = text;
        dialog.querySelector('input').dispatchEvent(new Event('input'));
    };
    const page = (title) => ({ rooms: [{ room: title, title, topic: '', access: 'public', at: null }], next: null });
    const names = () => [...dialog.querySelectorAll('[role=option] .name')].map(({ textContent }) => textContent);
    dialog.show({ find, readOnly: true });
    await until(() => answers.has(''), 'nothing was asked');
    type('so');
    await until(() => answers.has('so'), 'the text was not asked for');
    answers.get('so').resolve(page('Soto'));
    answers.get('').resolve(page('Kopi'));
    await until(() => names().length > 0, 'nothing was found');
    same(names(), ['Soto']);
    type('x');
    same(names(), [], 'nothing of the text before can be chosen');
    await until(() => answers.has('x'), 'the other text was not asked for');
    answers.get('x').reject({ code: 'unreachable', retryAfterMs: null });
    await until(() => dialog.querySelector('.fault').textContent !== '', 'the failure is not said');
    same(dialog.querySelector('.fault').textContent, 'The server cannot be reached. Try again in a moment.');
    dialog.close();
    dialog.remove();
});

test('a message elsewhere that changes nothing of what concerns the user leaves its row as it is', () => {
    const sidebar = shown('untouched-sidebar', SidebarElement);
    const row = sidebar.querySelector('.activity');
    sidebar.concerns = { calls: 2, news: false };
    const [mark] = row.querySelectorAll('.count');
    const changes = new MutationObserver(() => {});
    changes.observe(row, { childList: true, subtree: true, attributes: true });
    sidebar.concerns = { calls: 2, news: false };
    same([changes.takeRecords().length, row.querySelector('.count') === mark], [0, true]);
    sidebar.concerns = { calls: 3, news: false };
    same(row.querySelector('.count').textContent, '3');
    changes.disconnect();
    sidebar.remove();
});
