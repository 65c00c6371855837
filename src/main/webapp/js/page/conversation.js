import { onAction } from '../elements/actions.js';
import { Announcer } from '../elements/announcer.js';
import { failureText } from '../i18n/names.js';
import { attention, client, element, identity, navigation, outbox, rooms } from './app.js';

/** Starts the timeline of the current room, and keeps track of where in it the user wants to be. */
export function startConversation() {
    const timeline = element('warung-timeline');
    const announcer = new Announcer(element('#announcer'));
    const failed = new WeakSet();
    /** True until it is known how far the user had read when they entered this room. */
    let arriving = false;

    function draw() {
        const { room } = navigation;
        const me = client.user ?? identity.load();
        const arrived = arriving && rooms.asked && room.read != null && room.caughtUp;
        if (arrived) {
            arriving = false;
            if (room.unread > 0) attention.newFrom = room.read.seq + 1;
        }
        const stuck = client.status.phase === 'stopped';
        timeline.show({ room, pending: outbox.of(room.name), me, newFrom: attention.newFrom, stuck });
        if (arrived && !navigation.seq && !timeline.resumed) toNew();
    }

    function toNew() {
        const { newFrom } = attention;
        if (newFrom != null) timeline.goToNew(newFrom, navigation.room.unread);
    }

    navigation.on('moved', ({ left }) => {
        if (left !== navigation.room) arriving = true;
        draw();
        if (navigation.seq) timeline.goTo(navigation.seq);
    });
    // A returning user resumes where they were, unless they were reading further up.
    attention.on('back', (missed) => {
        draw();
        if (missed && timeline.following) toNew();
    });
    /** Announces what has failed in a room, in each that the user is not looking at as well. */
    function tellFailures({ name }) {
        for (const item of outbox.of(name)) {
            if (item.state !== 'failed') failed.delete(item);
            else if (!failed.has(item)) announcer.failed(failureText(item));
            if (item.state === 'failed') failed.add(item);
        }
    }

    client.on('status', () => navigation.room && draw());
    client.on('room', tellFailures);
    client.on('room', (changed) => changed === navigation.room && draw());
    rooms.on('changed', () => arriving && draw());
    client.on('message', ({ room, message, fresh }) => {
        if (room !== navigation.room || !fresh || message.from.id === client.user?.id) return;
        attention.heard(message);
        announcer.said(message);
        timeline.arrived();
    });
    client.on('read-back', ({ in: name, seq }) => name === navigation.room?.name && attention.hold(seq + 1));
    onAction('earlier', (seq) => client.earlier(navigation.room.name, seq));
    onAction('later', (seq) => client.later(navigation.room.name, seq));
    onAction('around', loadAround);
    onAction('source', loadSource);
    onAction('scroll', (heights) => timeline.page(heights));
    onAction('latest', toEnd);
}

/** Shows the latest messages; the address no longer names a message. */
export function toEnd() {
    navigation.rest();
    element('warung-timeline').toEnd();
}

async function loadAround(seq) {
    const { room } = navigation;
    if ((await client.around(room.name, seq)) || room !== navigation.room) return;
    element('warung-toast').tell(room.readingFailed ? 'unreached' : 'gone');
    toEnd();
}

/** Loads the source of a quote. It is optional: after a failure, it is requested again at the next join. */
async function loadSource(seq) {
    try {
        await client.fetchEntry(navigation.room.name, seq);
    } catch (fault) {
        console.warn('The source of a quote could not be read.', fault);
    }
}
