import { onAction } from '../elements/actions.js';
import { onLanguage } from '../i18n/i18n.js';
import { findTitlesBy, linkText, roomText } from '../i18n/names.js';
import { cut } from '../model/graphemes.js';
import { isGuest } from '../model/people.js';
import { closedReason } from '../model/permissions.js';
import { isDirect, isIn } from '../model/room-list.js';
import { attention, client, drafts, element, focusField, identity } from './app.js';
import { navigation, outbox, rooms, settings } from './app.js';

/** The longest address that a notice shows. */
const LONGEST = 40;

/**
 * Starts what surrounds the conversation: the sidebar, the header, the connection status, notices, and the title of the
 * page.
 */
export function startShell() {
    navigation.on('moved', moved);
    rooms.on('changed', draw);
    rooms.on('changed', drawTitle);
    drafts.changed = () => rooms.emit('changed');
    drafts.look();
    navigation.on('moved', () => drafts.look());
    onLanguage(drawTitle);
    attention.on('turned', drawTitle);
    client.on('status', drawStatus);
    navigation.on('moved', drawStatus);
    client.on('notice', showNotice);
    navigation.on('astray', (address) => showNotice({ code: 'astray', address: cut(address, LONGEST) }));
    let user = identity.load();
    client.on('user', (now) => {
        welcome(now, user);
        user = now;
    });
    client.on('invited', async ({ from, in: room }) => {
        await rooms.named(room);
        showNotice({ code: isDirect({ name: room }) ? 'written' : 'invited', ...about(from, room), place: { room } });
    });
    for (const code of ['mentioned', 'replied']) client.on(code, (entry) => called(code, entry));
    client.on(
        'revoked',
        ({ from, in: room }) => room !== navigation.room.name && showNotice({ code: 'revoked', ...about(from, room) }),
    );
    findTitlesBy((name) => client.find(name)?.title);
    rooms.on('titled', nameLinks);
    settings.onChange('muted', () => rooms.emit('changed'));
    onAction('room', (name) => navigation.go(name));
    onAction('place', ({ room, seq }) => navigation.go(room, seq));
    onAction('star', star);
    onAction('typing', () => client.typing(navigation.room.name));
    onAction('reconnect', () => client.connection.open());
    document.addEventListener(
        'visibilitychange',
        () => document.visibilityState === 'visible' && client.status.phase === 'live' && rooms.refresh(),
    );
}

/** Shows the current state. */
function draw() {
    const { room } = navigation;
    const { muted } = settings;
    const closed = Boolean(closedReason(room));
    element('warung-sidebar').show({ list: rooms.list, here: room, muted, drafts: drafts.begun });
    element('warung-room-header').show({ room, unread: rooms.unread(muted).elsewhere });
    element('warung-typing').people = room.typing;
    element('warung-composer-closed').room = room;
    element('warung-composer').hidden = closed;
    element('warung-timeline').hidden = Boolean(room.closed) && room.timeline.entries.length === 0;
}

function moved({ left }) {
    if (left === navigation.room) return;
    if (left && !isIn(left) && outbox.of(left.name).length === 0) client.leave(left.name);
    attention.seen();
    element('warung-status').arrived(navigation.room.name);
    if (navigation.seq == null) focusField();
}

async function called(code, { from, in: room, message: seq }) {
    if (room === navigation.room.name || settings.muted.has(room) || isDirect({ name: room })) return;
    await rooms.named(room);
    if (room === navigation.room.name) return;
    showNotice({ code, ...about(from, room), place: { room, seq } });
}

/** Links to rooms, and the composer, say the titles that are known now. */
function nameLinks() {
    element('warung-composer').room = navigation.room;
    for (const link of document.querySelectorAll('a[data-room]'))
        link.textContent = linkText(link.dataset.room, link.dataset.written);
}

async function star({ room, on }) {
    try {
        await client.star(room, on);
    } catch ({ code }) {
        element('warung-toast').tell(code === 'too-many-stars' ? 'stars' : 'unstarred');
    }
}

/** A room in slow mode does not concern the others. */
function drawStatus() {
    const { status } = client;
    const elsewhere = status.room != null && status.room !== navigation.room?.name;
    element('warung-status').status = elsewhere ? { phase: status.phase } : status;
}

/** Tells a known guest who is new to the server that they are no longer a member of anything. */
function welcome(now, before) {
    if (before.id && before.id !== now.id && isGuest(now)) showNotice({ code: 'stranger', name: now.name });
    element('warung-sidebar').user = now;
}

function showNotice(notice) {
    element('warung-status').add(notice);
}

function about(from, name) {
    return { name: from.name, room: roomText(client.find(name) ?? { name }) };
}

/**
 * Shows the title of the page: the current room, the number of unread messages that the user does not see, and how many
 * of them concern the user, which an installed page has on its icon as well.
 */
function drawTitle() {
    if (!navigation.room) return;
    const { total, elsewhere, calls: callsElsewhere, allCalls } = rooms.unread(settings.muted);
    const [n, calls] = attention.present ? [elsewhere, callsElsewhere] : [total, allCalls];
    const counts = `${n > 0 ? `(${n}) ` : ''}${calls > 0 ? `@${calls} ` : ''}`;
    const title = `${counts}${roomText(navigation.room)} · Warung`;
    if (document.title === title) return;
    document.title = title;
    navigator.setAppBadge?.(calls).catch(() => {}); // not every page may have one
}
