import { onAction } from '../elements/actions.js';
import { isDirect } from '../model/room-list.js';
import { attention, client, drafts, element, navigation } from './app.js';
import { copyText } from './clipboard.js';
import { toEnd } from './conversation.js';

/** Starts posting in the current room: new messages, replies, and the actions on existing messages. */
export function startSpeaking() {
    const early = drafts.handOver((items) => client.deliver(items));
    composer().people = { near, find, mayCall: () => navigation.room?.mayCall ?? false };
    navigation.on('moved', () => drafts.open(navigation.room));
    // What was sent before the room loaded is at its end, whatever the address says.
    const stop = navigation.on('moved', () => {
        stop();
        spoken({ room: early });
    });
    client.on('user', () => (composer().most = client.limits.maxTextChars));
    onAction('post', spoken);
    onAction('retry', (item) => client.retry(item));
    onAction('discard', (item) => client.discard(item));
    onAction('takeback', takeBack);
    client.on('room', (room) => room === navigation.room && rescue(room));
    onAction('reply', ({ entry }) => composer().answer(sourceOf(entry)));
    onAction('edit', edit);
    onAction('edit-last', () => edit(element('warung-timeline').lastOwn));
    onAction('delete', ({ entry }) => client.remove(navigation.room.name, entry.seq));
    onAction('copy', async ({ text }) => (await copyText(text)) && element('warung-toast').tell('copied'));
    onAction('react', react);
    onAction('link', copyLink);
    onAction('unread', ({ entry }) => markUnread(entry));
}

const composer = () => element('warung-composer');

/** The user has posted: everything shown is read. A post from before the room loaded may be for another room. */
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

/** Puts a refused message back into the field; a reply to a message in another log becomes a plain message. */
function takeBack(item) {
    client.discard(item);
    const { type, target, text, replyTo, mentions, epoch } = item;
    const { timeline } = navigation.room;
    if (type === 'edit') return composer().edit({ seq: target, epoch, text, was: timeline.at(target)?.text ?? null });
    const source = replyTo != null && epoch === timeline.epoch ? timeline.at(replyTo) : null;
    composer().takeBack({
        text,
        people: near().filter(({ id }) => mentions?.includes(id)),
        reply: source?.from && sourceOf(source),
    });
}

/** The text of an edit whose message is gone returns to the field, as a new message: there is no row to show it. */
function rescue({ name }) {
    for (const item of client.outbox.of(name)) {
        if (item.type !== 'edit' || item.state !== 'failed' || item.error !== 'no-such-message') continue;
        client.discard(item);
        composer().takeBack({ text: item.text, people: [], reply: null });
        element('warung-toast').tell('gone');
    }
}

/** A reply calls the author of its source, unless it is the user or the other one of two. */
function sourceOf({ seq, from, text }) {
    const { room } = navigation;
    const call = from.id === client.user?.id || isDirect(room) ? null : true;
    return { seq, epoch: room.timeline.epoch, name: from.name, text, call };
}

/** Returns those who can be mentioned and are not here: the members of the room, or people with this name; or null. */
async function find(word) {
    const { name, access } = navigation.room;
    try {
        return others(access === 'members' ? (await client.room(name)).members : await client.people(word));
    } catch (fault) {
        console.warn('Who else there is could not be asked.', fault);
        return null;
    }
}

/** Returns those who have posted lately, the latest first, and those who are here. */
function near() {
    const { roster, timeline } = navigation.room ?? { roster: { here: [] }, timeline: { entries: [] } };
    const heard = timeline.entries.slice(-200).reverse();
    const spoken = heard.filter(({ type }) => type === 'message');
    const from = (entries) => entries.map((entry) => entry.from);
    return others([...from(spoken), ...roster.here, ...from(heard)]);
}

function others(some) {
    return some.filter((person) => person && person.id !== client.user?.id);
}

/** The message and what follows are unread again, on all devices, until the user comes back or posts. */
async function markUnread({ seq }) {
    const { room } = navigation;
    attention.hold(seq);
    try {
        await client.readBack(room.name, seq - 1);
    } catch (fault) {
        console.warn('The server did not mark the message unread.', fault);
        element('warung-toast').tell('unmarked');
    }
}

async function react({ seq, emoji, on }) {
    try {
        await client.react(navigation.room.name, seq, emoji, on);
    } catch (fault) {
        console.warn('The server did not take the reaction.', fault);
        element('warung-toast').tell('unreacted');
    }
}

/** Copies the link; if the page may not use the clipboard, the link goes into the address. */
async function copyLink({ entry }) {
    if (await copyText(navigation.address(entry.seq))) element('warung-toast').tell('link');
    else navigation.go(navigation.room.name, entry.seq);
}
