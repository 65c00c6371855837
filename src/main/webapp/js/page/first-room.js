import { isRoomName } from '../model/address.js';

/**
 * Opens another room where the one that the page has opened by itself does not exist for the user, as their token is
 * good for some rooms alone: one that the token names, otherwise the first that they may read.
 */
export function startFirstRoom({ client, identity, navigation }) {
    const tried = new Set();
    client.on('removed', async ({ room, reason }) => {
        if (reason !== 'no-such-room' || room !== navigation.room || navigation.isNamed) return;
        tried.add(room.name);
        const next = await otherThan(tried, { client, token: identity.load().token });
        if (next && room === navigation.room) navigation.replace(next);
    });
}

async function otherThan(tried, { client, token }) {
    const named = roomsIn(token).find((name) => !tried.has(name));
    if (named) return named;
    try {
        return (await client.rooms()).find((room) => !room.closed && !tried.has(room.name))?.name;
    } catch (fault) {
        console.warn('The rooms could not be listed.', fault);
        return null;
    }
}

/** Returns the names of rooms among the patterns of a JWT; none of any other token. */
export function roomsIn(token) {
    try {
        const { rooms } = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
        return rooms.filter(isRoomName);
    } catch {
        return [];
    }
}
