import { ask } from '../../main/webapp/js/elements/dom.js';
import { whole } from '../../main/webapp/js/model/draft.js';
import { actionsFor } from '../../main/webapp/js/model/actions.js';
import { Room } from '../../main/webapp/js/model/room.js';
import { GONE, rowsOf } from '../../main/webapp/js/model/rows.js';
import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { Unread } from '../../main/webapp/js/model/unread.js';
import { Writing } from '../../main/webapp/js/model/writing.js';
import { encode } from '../../main/webapp/js/net/codec.js';
import { onWish } from '../../main/webapp/js/page/base.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

/** However JavaScript has it that something is not there. */
const ABSENT = [undefined, null];

/** What is there, with those fields that are not: left out, undefined, or null. */
function ways(there, ...missing) {
    return [there, ...ABSENT.map((absent) => ({ ...there, ...Object.fromEntries(missing.map((name) => [name, absent])) }))];
}

/** Throws unless `act` does the same with each of them. */
function alike(them, act, about) {
    const [first, ...others] = them.map(act);
    for (const other of others) same(other, first, about);
}

test('a wish without details is heard without any, however they were absent', () => {
    const heard = [];
    const stop = onWish('tested', (...details) => heard.push(details));
    ask(window, 'tested');
    for (const absent of ABSENT) ask(window, 'tested', absent);
    for (const there of [0, false, '', { seq: null }]) ask(window, 'tested', there);
    stop();
    ask(window, 'tested', 'nobody hears this');
    same(heard, [[], [], [], [0], [false], [''], [{ seq: null }]]);
});

test('a wish for what is earlier than all that is live reads the page before it, through an event too', async () => {
    for (const absent of ABSENT) {
        const { server, client, answerAll, connect } = fakeTable();
        for (let i = 1; i <= 180; i++) server.say(`${i}`);
        connect();
        const stop = onWish('earlier', (seq) => client.earlier('lobby', seq));
        ask(window, 'earlier', absent);
        stop();
        same(server.http.waiting.map(({ url }) => url.search), ['?before=131&limit=100']);
        await answerAll();
    }
});

test('to the client, a place that is absent in any way is the live range', async () => {
    for (const absent of ABSENT) {
        const { server, client, room, answerAll, connect } = fakeTable();
        for (let i = 1; i <= 180; i++) server.say(`${i}`);
        connect();
        client.earlier('lobby', absent);
        same([server.http.waiting.length, room.reading], [1, 'earlier']);
        await answerAll();
        client.later('lobby', absent);
        same(server.http.waiting.length, 0, 'nothing is later');
    }
});

test('what is absent is not on the wire', () => {
    alike(ways({ type: 'post', room: 'lobby', text: 'hi' }, 'id', 'replyTo', 'mentions'), encode);
    same(encode({ type: 'read', seq: 0, text: '', archived: false }), '{"type":"read","seq":0,"text":"","archived":false}');
});

test('a query asks for nothing that is absent', async () => {
    for (const absent of ABSENT) {
        const { server, client, connect } = fakeTable();
        connect();
        client.search('lobby', 'soto', absent);
        same(server.http.waiting.map(({ url }) => url.search), ['?q=soto']);
    }
});

test('an entry, a list and a page are the same with what is absent in any way', () => {
    const at = '2026-11-23T12:00:00Z';
    const from = { id: 'u-1', name: 'Ana' };
    const message = { type: 'message', room: 'lobby', seq: 1, n: 1, at, from, text: 'hi' };
    const me = { id: 'u-2', name: 'Budi' };
    alike(ways(message, 'id', 'replyTo', 'mentions', 'edited'), (entry) => rowsOf({ entries: [entry], me }).map(({ key, quote, called, first, edited }) => [key, quote, called, first, edited]));
    alike(ways({ entries: [message] }, 'pending', 'me', 'newFrom', 'sourceOf', 'nameOf'), (given) => rowsOf(given));
    alike(ways({ head: 4, n: 4, read: { seq: 1, n: 1 } }, 'unread', 'mentions'), (told) => {
        const unread = new Unread();
        unread.told(told);
        return [unread.count, unread.mentions, unread.read];
    });
    alike(ways({ room: 'lobby', head: 1, n: 1 }, 'read', 'topic', 'access', 'archived', 'moderator', 'member', 'with', 'at'), (summary) => {
        const room = new Room('lobby');
        room.told(summary);
        return [room, room.read, room.unread, actionsFor({ type: 'message' }, room)];
    });
    alike(ways({ epoch: 'e-1', head: 1, entries: [message] }, 'amends', 'gap'), (page) => {
        const timeline = new Timeline();
        return [timeline.take(page, { after: 0 }), timeline.entries, timeline.nAt(2)];
    });
    alike(ways({ after: 0 }, 'before'), (query) => {
        const timeline = new Timeline();
        return [timeline.take({ epoch: 'e-1', head: 1, entries: [message] }, query), timeline.rangeOf(1)];
    });
});

test('a draft that was kept goes on with what is absent in any way', () => {
    alike(ways({ text: 'be' }, 'people', 'reply', 'edit'), (kept) => {
        const writing = new Writing();
        writing.follow(whole(kept));
        return [writing.draft, writing.leave(), writing.finish()];
    });
});

test('a source that is gone is told from one that is not loaded', () => {
    const answer = { type: 'message', seq: 2, n: 2, from: { id: 'u-1', name: 'Ana' }, text: 'yes', replyTo: 1 };
    const sources = [...ABSENT, GONE].map((source) => rowsOf({ entries: [answer], sourceOf: () => source })[0].quote.source);
    same(sources, [null, null, { deleted: true }]);
});
