import { onAction } from '../elements/actions.js';
import { onLanguage } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { cut } from '../model/graphemes.js';
import { closedReason } from '../model/permissions.js';
import { isDirect, isIn } from '../model/room-list.js';
import { attention, client, element, identity, navigation, outbox, rooms, settings } from './app.js';

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
    onLanguage(drawTitle);
    attention.on('turned', drawTitle);
    client.on('status', (status) => (element('warung-status').status = status));
    client.on('notice', showNotice);
    navigation.on('astray', (address) => showNotice({ code: 'astray', address: cut(address, LONGEST) }));
    let user = identity.load();
    client.on('user', (now) => {
        welcome(now, user);
        user = now;
    });
    client.on('invited', ({ from, in: room }) =>
        showNotice({ code: isDirect({ name: room }) ? 'written' : 'invited', ...about(from, room), place: { room } }),
    );
    client.on('mentioned', mentioned);
    client.on(
        'revoked',
        ({ from, in: room }) => room !== navigation.room.name && showNotice({ code: 'revoked', ...about(from, room) }),
    );
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
    element('warung-sidebar').show({ list: rooms.list, here: room, muted });
    element('warung-room-header').show({ room, unread: rooms.unread(muted).elsewhere });
    element('warung-typing').people = room.typing;
    element('warung-composer-closed').room = room;
    element('warung-composer').hidden = closed;
    element('warung-timeline').hidden = Boolean(room.closed) && room.timeline.entries.length === 0;
    element('warung-room-settings').update({ room, muted: muted.has(room.name) });
    element('warung-people').update();
    if (element('warung-switcher').isOpen) element('warung-switcher').rooms = rooms.all;
}

function moved({ left }) {
    if (left === navigation.room) return;
    if (left && !isIn(left) && outbox.of(left.name).length === 0) client.leave(left.name);
    attention.seen();
    element('warung-status').arrived(navigation.room.name);
    if (navigation.seq == null && matchMedia('(hover: hover)').matches) element('warung-composer').focus();
}

function mentioned({ from, in: room, message: seq }) {
    if (room === navigation.room.name || settings.muted.has(room) || isDirect({ name: room })) return;
    showNotice({ code: 'mentioned', ...about(from, room), place: { room, seq } });
}

/** Tells a known user who is new to the server that they are no longer a member of anything. */
function welcome(now, before) {
    if (before.id && before.id !== now.id) showNotice({ code: 'stranger', name: now.name });
    element('warung-sidebar').user = now;
}

function showNotice(notice) {
    element('warung-status').add(notice);
}

function about(from, name) {
    return { name: from.name, room: roomText(client.find(name) ?? { name }) };
}

/** Shows the title of the page: the current room, and the number of unread messages that the user does not see. */
function drawTitle() {
    if (!navigation.room) return;
    const { total, elsewhere } = rooms.unread(settings.muted);
    const n = attention.present ? elsewhere : total;
    document.title = `${n > 0 ? `(${n}) ` : ''}${roomText(navigation.room)} · Warung`;
}
