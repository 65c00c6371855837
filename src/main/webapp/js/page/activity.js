import { onAction } from '../elements/actions.js';
import { Activity, withReactions } from '../model/activity.js';
import { attention, client, element, navigation, rooms, settings } from './app.js';
import { MessageSources } from './message-sources.js';

const PAGE = 30;
const HEARD = ['mentioned', 'replied', 'reaction', 'invited', 'revoked', 'starred'];

/** Starts what concerns the user: its count in the sidebar, and the dialog that lists it. Opening it reads it. */
export function startActivity() {
    const dialog = element('warung-activity');
    const sources = new MessageSources(client, () => draw());
    let activity = new Activity();
    let owner = null;
    let known = false;
    let state = 'asking';
    /** What was read when the dialog was opened: what is newer is marked as new there. */
    let since = 0;

    function draw() {
        if (!known || !rooms.asked) return;
        const isRead = (room, seq) => seq <= (client.find(room)?.read?.seq ?? 0);
        element('warung-sidebar').concerns = activity.unread(isRead, settings.muted);
        if (!dialog.isOpen) return;
        const rows = activity.rows(since, isRead).map((row) => {
            const source = sources.of(row);
            return { ...withReactions(row, source.message, owner), source };
        });
        dialog.show({ rows, state: state === 'some' && activity.begins ? 'all' : state });
        read();
    }

    /** What is on the screen of a user who is there is read, on all devices. */
    function read() {
        if (!dialog.isOpen || !attention.present || !(activity.newest > activity.mark)) return;
        activity.mark = activity.newest;
        element('warung-sidebar').concerns = { calls: 0, news: false };
        say();
    }

    async function say() {
        try {
            await client.readInbox(activity.mark);
        } catch (fault) {
            console.warn('What was read is said again after the next sign-in.', fault);
        }
    }

    /** Asks for the latest entries, and how far they were read: at the start, and after each interruption. */
    async function refresh() {
        const { id } = client.user;
        if (id !== owner) activity = new Activity();
        owner = id;
        try {
            const page = await client.inbox({ limit: PAGE });
            const mark = page.entries.length > 0 ? await client.inboxRead() : 0;
            if (id !== owner) return;
            activity.take(page);
            known = true;
            if (activity.mark > mark) say();
            activity.mark = Math.max(activity.mark, mark);
            turn('some');
        } catch (fault) {
            console.warn('The inbox could not be read.', fault);
            if (id === owner) turn(known ? state : 'failed');
        }
    }

    async function more() {
        if (state === 'asking' || activity.begins) return;
        if (!known) return again();
        turn('asking');
        const mine = activity;
        try {
            const page = await client.inbox({ before: activity.oldest, limit: PAGE });
            if (mine !== activity) return;
            activity.take(page);
            turn('some');
        } catch (fault) {
            console.warn('The inbox could not be read.', fault);
            turn('failed');
        }
    }

    function again() {
        turn('asking');
        return refresh();
    }

    function turn(to) {
        state = to;
        if (dialog.isOpen && !known) dialog.show({ rows: [], state });
        draw();
    }

    for (const name of HEARD)
        client.on(name, (entry) => {
            activity.hear(entry);
            draw();
        });
    client.on('inbox-read', ({ seq }) => {
        activity.mark = Math.max(activity.mark, seq);
        draw();
    });
    client.on('user', refresh);
    rooms.on('changed', draw);
    settings.onChange('muted', draw);
    attention.on('back', read);
    navigation.on('moved', () => dialog.close());
    onAction('activity', () => {
        since = activity.mark;
        sources.retry();
        dialog.open();
        turn(state);
        if (state === 'failed' && client.user) again();
    });
    onAction('more-activity', more);
    if (client.user) refresh();
}
