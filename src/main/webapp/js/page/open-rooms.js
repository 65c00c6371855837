import { OpenRoomsElement } from '../elements/open-rooms.js';
import { element, settings } from './environment.js';
import { roomWanted } from './navigation.js';

/** As many rooms are shown. */
const MOST = 5;

customElements.define('warung-open-rooms', OpenRoomsElement);

/** Returns the element that shows the first of these rooms; null if there are none. */
export function openRooms(rooms) {
    const shown = rooms.filter(({ archived }) => !archived).slice(0, MOST);
    if (shown.length === 0) return null;
    const node = document.createElement('warung-open-rooms');
    node.rooms = shown;
    return node;
}

/** Shows public rooms on the sign-in page, where a click chooses the one to join. */
export async function showOnSignInPage() {
    const welcome = element('warung-welcome');
    const list = await asked('api/rooms?sort=latest&limit=20');
    const rooms = list?.rooms ?? [];
    welcome.rooms = rooms;
    const node = openRooms(rooms);
    if (node) welcome.offer(node);
    name();
    addEventListener('hashchange', name);

    /** Says which room the user is to join, by its title if there is one. */
    async function name() {
        const wanted = roomWanted(settings.place);
        welcome.room = wanted;
        const empty = list != null && list.next == null && rooms.length === 0; // there is no room at all yet
        if (welcome.hidden || empty || rooms.some(({ room }) => room === wanted)) return;
        const room = await asked(`api/rooms/${wanted}`);
        if (room) rooms.push(room);
        welcome.rooms = rooms;
    }
}

/** Returns what the server answers to somebody who has not signed in; null if that is nothing. */
async function asked(address) {
    try {
        const answer = await fetch(address, { cache: 'no-store' });
        return answer.ok ? await answer.json() : null;
    } catch (fault) {
        console.warn('The rooms could not be listed.', fault);
        return null;
    }
}
