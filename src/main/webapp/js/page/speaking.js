import { onAction } from '../elements/actions.js';
import { attention, client, drafts, element, navigation } from './app.js';
import { toEnd } from './conversation.js';

/** What our user says in the room on the page: new messages, answers, and what becomes of those that are there. */
export function startSpeaking() {
    const early = drafts.handOver((items) => client.deliver(items));
    composer().people = people;
    navigation.on('moved', () => drafts.open(navigation.room));
    // What was said before the room was here is at its end, wherever the address leads.
    const stop = navigation.on('moved', () => {
        stop();
        spoken({ room: early });
    });
    client.on('user', () => (composer().most = client.limits.maxTextChars));
    onAction('post', spoken);
    onAction('retry', (item) => client.retry(item));
    onAction('discard', (item) => client.discard(item));
    onAction('takeback', takeBack);
    onAction('menu', ({ row, actions, box, at }) => element('warung-menu').show(row, actions, box, at));
    onAction('reply', ({ entry }) => composer().answer(sourceOf(entry)));
    onAction('edit', edit);
    onAction('edit-last', () => edit(element('warung-timeline').lastOwn));
    onAction('delete', ({ entry }) => client.remove(navigation.room.name, entry.seq));
    onAction('link', copyLink);
}

const composer = () => element('warung-composer');

/** Who speaks has read what is here. What was written before the room was here may be for another one by now. */
function spoken({ room }) {
    if (room !== navigation.room.name) return;
    const { live } = navigation.room.timeline;
    if (live?.to >= live?.from) client.read(room, live.to);
    attention.seen();
    toEnd();
}

function edit(row) {
    if (row) composer().edit({ seq: row.entry.seq, epoch: navigation.room.timeline.epoch, text: row.text });
}

/** What was refused is written anew; an answer to what was in another log is none any more. */
function takeBack(item) {
    client.discard(item);
    const { type, target, text, replyTo, mentions, epoch } = item;
    if (type === 'edit') return composer().edit({ seq: target, epoch, text });
    const { timeline } = navigation.room;
    const source = replyTo != null && epoch === timeline.epoch ? timeline.at(replyTo) : null;
    composer().takeBack({
        text,
        people: near().filter(({ id }) => mentions?.includes(id)),
        reply: source?.from && sourceOf(source),
    });
}

function sourceOf({ seq, from, text }) {
    return { seq, epoch: navigation.room.timeline.epoch, name: from.name, text };
}

/** Offers whom one may call: at once those who are here or were heard, then all others. */
async function people(word, offer) {
    offer(near());
    const { name, access } = navigation.room;
    try {
        const far = access === 'members' ? (await client.room(name)).members : await client.people(word);
        offer([...near(), ...others(far)]);
    } catch (fault) {
        console.warn('Who else there is could not be asked.', fault);
    }
}

function near() {
    const { roster, timeline } = navigation.room;
    const heard = timeline.entries.slice(-200).reverse();
    return others([...roster.here, ...heard.map(({ from }) => from).filter(Boolean)]);
}

function others(some) {
    return some.filter(({ id }) => id !== client.user?.id);
}

/** Where the page may not write to the clipboard, the link is in the address. */
async function copyLink({ entry }) {
    try {
        await navigator.clipboard.writeText(navigation.address(entry.seq));
        element('warung-toast').tell('link');
    } catch {
        navigation.go(navigation.room.name, entry.seq);
    }
}
