import { attention, client, element, identity, onWish, outbox, settings, visit } from './parts.js';

/** What is around the conversation: which room, who one is, how the connection is, and the sheets. */
export function startSurroundings() {
    visit.on('moved', moved);
    client.on('status', (status) => (element('warung-status').status = status));
    client.on('notice', (error) => (element('warung-status').notice = error));
    client.on('removed', ({ room, reason }) => room === visit.room && (element('warung-status').notice = { code: reason }));
    client.on('user', (user) => (element('warung-bar').user = user));
    client.on('refused', refused);
    onWish('name', (name) => {
        client.rename(name);
        enter();
    });
    onWish('room', (name) => visit.go(name));
    onWish('reconnect', () => client.connection.open());
    onWish('profile', () => element('warung-profile').show(client.user.name));
    onWish('places', () => element('warung-places').show(settings.places));
    onWish('keys', () => element('warung-keys').open());
    identity.onChange(() => {
        if (!element('warung-welcome').hidden && client.start()) enter();
    });
}

/** Comes in, or asks for a name first. */
export function comeIn() {
    if (client.start()) enter();
    else element('warung-welcome').open(visit.wanted);
}

function enter() {
    element('warung-welcome').hidden = true;
    element('#room').hidden = false;
    element('warung-composer').focus();
}

function moved({ left }) {
    const { room } = visit;
    if (left === room) return;
    if (left && outbox.of(left.name).length === 0) client.leave(left.name);
    settings.visited(room.name);
    attention.place = room.name;
    element('warung-bar').room = room.name;
}

function refused() {
    const { token, name } = identity.load();
    if (token) return element('warung-profile').show(name, true);
    element('#room').hidden = true;
    element('warung-welcome').open(visit.wanted, true);
}
