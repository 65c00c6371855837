import { client, element, onWish, visit } from './parts.js';

/** Looking for what was said in the room on the page. */
export function startSearching() {
    onWish('search', search);
    onWish('message', (seq) => visit.go(visit.room.name, seq));
}

export function search() {
    const { room } = visit;
    element('warung-search').show(room, (query, before) => client.search(room.name, query, before));
}
