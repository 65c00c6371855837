import { roomText } from '../i18n/rooms.js';
import { isDirect, isIn } from '../model/room-list.js';
import { shutReason } from '../model/shut.js';
import { attention, client, element, identity, onWish, outbox, rooms, settings, visit } from './parts.js';

let user = identity.load();

/** What is around the conversation: the rooms, which of them this is and who is in it, how the connection is, and notices. */
export function startSurroundings() {
    visit.on('moved', moved);
    rooms.on('changed', draw);
    client.on('status', (status) => (element('warung-status').status = status));
    client.on('notice', say);
    client.on('user', signedIn);
    client.on('invited', ({ from, in: room }) => say({ code: isDirect({ name: room }) ? 'written' : 'invited', ...about(from, room), place: { room } }));
    client.on('mentioned', mentioned);
    client.on('revoked', ({ from, in: room }) => room !== visit.room.name && say({ code: 'revoked', ...about(from, room) }));
    onWish('typing', () => client.typing(visit.room.name));
    onWish('reconnect', () => client.connection.open());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.status.phase === 'live' && rooms.refresh());
}

/** Shows how things are now. */
function draw() {
    const { room } = visit;
    const { muted } = settings;
    const shut = Boolean(shutReason(room));
    element('warung-sidebar').show({ list: rooms.list, here: room, muted });
    element('warung-bar').show({ room, unread: rooms.unread(muted).elsewhere });
    element('warung-typing').people = room.typing;
    element('warung-shut').room = room;
    element('warung-composer').hidden = shut;
    element('warung-timeline').hidden = Boolean(room.closed) && room.timeline.entries.length === 0;
    element('warung-about').update({ room, muted: muted.has(room.name) });
    element('warung-people').update();
    if (element('warung-places').isOpen) element('warung-places').rooms = rooms.all;
}

function moved({ left }) {
    if (left === visit.room) return;
    if (left && !isIn(left) && outbox.of(left.name).length === 0) client.leave(left.name);
    attention.seen();
    element('warung-status').arrived(visit.room.name);
    if (visit.seq == null && matchMedia('(hover: hover)').matches) element('warung-composer').focus();
}

function mentioned({ from, in: room, message: seq }) {
    if (room === visit.room.name || settings.muted.has(room)) return;
    say({ code: 'mentioned', ...about(from, room), place: { room, seq } });
}

/** Whoever was known here and is somebody new is told so: what he was a member of, he is no more. */
function signedIn(now) {
    if (user.id && user.id !== now.id) say({ code: 'stranger', name: now.name });
    user = now;
    element('warung-sidebar').user = now;
}

function say(notice) {
    element('warung-status').notice = notice;
}

function about(from, name) {
    return { name: from.name, room: roomText(client.find(name) ?? { name }) };
}
