import { Announcer } from '../elements/announcer.js';
import { attention, client, database, element, identity, onWish, outbox, visit } from './parts.js';

/** What is said in the room on the page: the timeline and the composer, and what their user wants of them. */
export function startConversation() {
    const announcer = new Announcer(element('#announcer'));
    visit.on('moved', moved);
    attention.on('back', draw);
    client.on('room', (changed) => changed === visit.room && draw());
    client.on('message', (heard) => hear(heard, announcer));
    client.on('user', () => (element('warung-composer').most = client.limits.maxTextChars));
    onWish('post', (text) => {
        attention.seen();
        client.post(visit.room.name, text);
        element('warung-timeline').toEnd();
    });
    onWish('draft', (text) => database.saveDraft(visit.room.name, text));
    onWish('retry', (item) => client.retry(item));
    onWish('discard', (item) => client.discard(item));
    onWish('edit', (item) => {
        client.discard(item);
        element('warung-composer').takeBack(item.text);
    });
    onWish('earlier', () => client.earlier(visit.room.name));
    onWish('scroll', (heights) => element('warung-timeline').page(heights));
    onWish('latest', () => element('warung-timeline').toEnd());
}

async function moved({ left }) {
    const { room } = visit;
    draw();
    if (left === room) return;
    const draft = await database.draft(room.name);
    if (visit.room === room) element('warung-composer').open(room, draft);
}

function draw() {
    const { room } = visit;
    const me = client.user ?? identity.load();
    element('warung-timeline').show({ room, pending: outbox.of(room.name), me, newFrom: attention.newFrom });
}

function hear({ room, message, fresh }, announcer) {
    if (room !== visit.room || !fresh || message.from.id === client.user?.id) return;
    attention.heard(message);
    announcer.said(message);
    element('warung-timeline').arrived();
}
