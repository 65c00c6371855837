import { client, element, rooms, navigation } from './app.js';

const said = new WeakMap();

/**
 * The user has read what he sees: when the page is visible and shows the end of the room, all of it. Not before we know how far
 * he had read: there is a line there.
 */
export function startReading() {
    navigation.on('moved', () => {
        said.delete(navigation.room);
        look();
    });
    rooms.on('changed', look);
    client.on('message', spoken);
    document.addEventListener('visibilitychange', look);
    document.addEventListener('scroll', look, { capture: true, passive: true });
}

/** One's own word is read, though one may be gone before the next picture; but not what others have said before it came into the log. */
function spoken({ room, message, fresh }) {
    if (fresh && message.from.id === client.user?.id && room.unread === 0) client.read(room.name, message.seq);
}

/** After the next picture: then he sees what has just come. */
function look() {
    requestAnimationFrame(() => requestAnimationFrame(see));
}

function see() {
    const { room } = navigation;
    if (!rooms.asked || document.visibilityState !== 'visible' || element('#room').hidden) return;
    if (!element('warung-timeline').following || !room.caughtUp) return;
    const { epoch, live } = room.timeline;
    if (!live || live.to < live.from || said.get(room) === `${epoch} ${live.to}`) return;
    said.set(room, `${epoch} ${live.to}`);
    client.read(room.name, live.to);
}
