import { client, element, onAction, navigation } from './app.js';

/** Looking for what was said in the room on the page. */
export function startSearching() {
    onAction('search', search);
    onAction('message', (seq) => navigation.go(navigation.room.name, seq));
}

export function search() {
    const { room } = navigation;
    element('warung-search').show(room, (query, before) => find(room, query, before));
}

/** What was said around a hit may have been edited since: where we have it we know. */
async function find(room, query, before) {
    const now = (entry) => room.timeline.at(entry.seq) ?? entry;
    const hits = await client.search(room.name, query, before);
    const shown = hits.map(({ entry, around }) => ({ entry, around: around.map(now) }));
    return Object.assign(shown, { more: hits.more, incomplete: hits.incomplete });
}
