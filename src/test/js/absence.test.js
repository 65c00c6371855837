import '../../main/webapp/js/i18n/dialog-texts.js';
import { dispatch, onAction } from '../../main/webapp/js/elements/actions.js';
import { h, svg } from '../../main/webapp/js/elements/dom.js';
import { MenuElement } from '../../main/webapp/js/elements/message-menu.js';
import { dayText } from '../../main/webapp/js/i18n/dates.js';
import { currentLanguage, LANGUAGES, speak, t } from '../../main/webapp/js/i18n/i18n.js';
import { emojiFor } from '../../main/webapp/js/model/completion.js';
import { ComposerState } from '../../main/webapp/js/model/composer-state.js';
import { mergeDrafts, saysTheSame, whole } from '../../main/webapp/js/model/draft.js';
import { blocksOf } from '../../main/webapp/js/model/markup.js';
import { newItem, Outbox } from '../../main/webapp/js/model/outbox.js';
import { actionsFor } from '../../main/webapp/js/model/permissions.js';
import { Ranges } from '../../main/webapp/js/model/ranges.js';
import { unreadIn } from '../../main/webapp/js/model/room-list.js';
import { Room } from '../../main/webapp/js/model/room.js';
import { GONE, rowsOf } from '../../main/webapp/js/model/rows.js';
import { roomsFor } from '../../main/webapp/js/model/switcher.js';
import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { Unread } from '../../main/webapp/js/model/unread.js';
import { ChatClient } from '../../main/webapp/js/net/chat-client.js';
import { encode } from '../../main/webapp/js/net/connection.js';
import { Http } from '../../main/webapp/js/net/http.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

/** However JavaScript has it that something is not there. */
const ABSENT = [undefined, null];

/** What is there, with those fields that are not: left out, undefined, or null. */
function ways(there, ...missing) {
    return [
        there,
        ...ABSENT.map((absent) => ({ ...there, ...Object.fromEntries(missing.map((name) => [name, absent])) })),
    ];
}

/** Throws unless `act` does the same with each of them. */
function alike(them, act, about) {
    const [first, ...others] = them.map(act);
    for (const other of others) same(other, first, about);
}

test('an action without a payload has null, however it was absent', () => {
    const heard = [];
    const stop = onAction('earlier', (...payloads) => heard.push(payloads));
    dispatch(window, 'earlier');
    for (const absent of ABSENT) dispatch(window, 'earlier', absent);
    for (const there of [0, false, '', { seq: null }]) dispatch(window, 'earlier', there);
    stop();
    dispatch(window, 'earlier', 'nobody hears this');
    same(
        heard.map((payloads) => payloads.map((payload) => (payload === null ? 'null' : payload))),
        [['null'], ['null'], ['null'], [0], [false], [''], [{ seq: null }]],
    );
});

test('an action that asks for what is earlier than all that is live reads the page before it, through an event too', async () => {
    for (const absent of ABSENT) {
        const { server, client, answerAll, connect } = fakeTable();
        for (let i = 1; i <= 180; i++) server.say(`${i}`);
        connect();
        const stop = onAction('earlier', (seq) => client.earlier('lobby', seq));
        dispatch(window, 'earlier', absent);
        stop();
        same(
            server.http.waiting.map(({ url }) => url.search),
            ['?before=131&limit=100'],
        );
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

test('absent values are not on the wire', () => {
    alike(ways({ type: 'post', room: 'lobby', text: 'hi' }, 'id', 'replyTo', 'mentions'), encode);
    same(
        encode({ type: 'read', seq: 0, text: '', archived: false }),
        '{"type":"read","seq":0,"text":"","archived":false}',
    );
});

test('a query asks for nothing that is absent', async () => {
    for (const absent of ABSENT) {
        const { server, client, connect } = fakeTable();
        connect();
        client.search('lobby', 'soto', absent);
        same(
            server.http.waiting.map(({ url }) => url.search),
            ['?q=soto'],
        );
    }
});

test('an entry, a list and a page are the same with what is absent in any way', () => {
    const at = '2026-11-23T12:00:00Z';
    const from = { id: 'u-1', name: 'Ana' };
    const message = { type: 'message', room: 'lobby', seq: 1, n: 1, at, from, text: 'hi' };
    const me = { id: 'u-2', name: 'Budi' };
    alike(ways(message, 'id', 'replyTo', 'mentions', 'edited'), (entry) =>
        rowsOf({ entries: [entry], me }).map(({ key, quote, called, first, edited }) => [
            key,
            quote,
            called,
            first,
            edited,
        ]),
    );
    alike(ways({ entries: [message] }, 'pending', 'me', 'newFrom', 'sourceOf', 'nameOf'), (given) => rowsOf(given));
    alike(ways({ head: 4, n: 4, read: { seq: 1, n: 1 } }, 'unread', 'mentions'), (told) => {
        const unread = new Unread();
        unread.told(told);
        return [unread.count, unread.mentions, unread.read];
    });
    alike(
        ways(
            { room: 'lobby', head: 1, n: 1 },
            'read',
            'topic',
            'access',
            'archived',
            'moderator',
            'member',
            'with',
            'at',
        ),
        (summary) => {
            const room = new Room('lobby');
            room.told(summary);
            return [room, room.read, room.unread, actionsFor({ type: 'message' }, room)];
        },
    );
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
        const writing = new ComposerState();
        writing.follow(whole(kept));
        return [writing.draft, writing.leave(), writing.finish()];
    });
});

test('a source that is gone is told from one that is not loaded', () => {
    const answer = { type: 'message', seq: 2, n: 2, from: { id: 'u-1', name: 'Ana' }, text: 'yes', replyTo: 1 };
    const sources = [...ABSENT, GONE].map(
        (source) => rowsOf({ entries: [answer], sourceOf: () => source })[0].quote.source,
    );
    same(sources, [null, null, { deleted: true }]);
});

test('an argument that is left out is the same when it is null', async () => {
    const room = {
        ...new Room('lobby'),
        name: 'lobby',
        closed: null,
        topic: '',
        member: true,
        read: { seq: 1, n: 1 },
        unread: 2,
    };
    alike(ABSENT, (absent) => new Timeline(absent).last);
    alike(ABSENT, (absent) => {
        const made = new Room('lobby', absent, absent);
        made.apply({ type: 'typing', users: [{ id: 'u-1', name: 'Ana' }] });
        made.told({ head: 3, n: 3, unread: 3, read: { seq: 0, n: 0 } });
        made.apply({ type: 'joined', epoch: 'e-1', head: 3, n: 3 });
        for (let seq = 1; seq <= 3; seq++)
            made.apply({
                type: 'message',
                seq,
                n: seq,
                at: '2026-11-23T12:00:00Z',
                from: { id: 'u-2', name: 'Budi' },
                text: 'hi',
            });
        const news = made.readTo(2, absent);
        made.reopen(absent);
        return [made.join, made.timeline.last, made.typing, news, made.read, made.unread];
    });
    alike(ABSENT, (absent) => {
        const { state, words } = newItem({ type: 'post', room: 'lobby', text: 'hi' }, absent);
        const outbox = new Outbox(absent);
        const item = outbox.add({ type: 'post', room: 'lobby', text: 'hi' }, absent);
        outbox.failed(item, 'bad-text', absent);
        return [state, words, item.state, item.words, outbox.rooms];
    });
    alike(ABSENT, (absent) => {
        const ranges = new Ranges();
        for (const number of [1, 3, 4, 7]) ranges.add(number, absent);
        ranges.remove(4, absent);
        return [1, 2, 3, 4, 7].map((number) => ranges.has(number));
    });
    alike(ABSENT, (absent) => [
        roomsFor('lob', [room], absent, absent).length,
        emojiFor('s', absent).length,
        unreadIn([room], absent),
        blocksOf('> a *b*', absent),
        dayText('2001-02-03', absent),
    ]);
    alike(ABSENT, (absent) => [h('p', absent, 'text').outerHTML, svg('g', absent).outerHTML]);
    const asked = [];
    for (const absent of ABSENT)
        await new Http({
            url: 'ws://warung.test/chat',
            env: { fetch: async (url) => ({ ok: true, json: async () => asked.push(url.href) }) },
            token: () => null,
        }).get('rooms', absent);
    same(asked, Array(2).fill('http://warung.test/api/rooms'));
});

test('the client takes options that are absent in any way', () => {
    alike(ABSENT, (absent) => {
        const { client, connect } = fakeTable();
        connect();
        const { type, text, state } = client.post('lobby', 'hi', absent);
        const { target } = client.edit('lobby', 1, 'hi', absent);
        client.create('new', absent);
        return [type, text, state, target, client.join('other', absent).timeline.last, client.status.phase];
    });
    alike(
        ABSENT,
        (absent) =>
            new ChatClient({
                url: 'ws://warung.test/chat',
                name: 'Ana',
                identity: absent,
                outbox: absent,
                undoMs: absent,
                env: absent,
            }).status,
    );
});

test('absent values leave an empty place in every text', () => {
    const before = currentLanguage();
    for (const language of Object.keys(LANGUAGES)) {
        speak(language);
        for (const key of Object.keys(LANGUAGES[language])) {
            alike([{}, ...ABSENT, { n: null, name: null, room: undefined }], (values) => t(key, values), key);
            same(/undefined|null|NaN/.test(t(key)), false, key);
        }
    }
    speak(before);
});

test('a menu without anything to point at points at the first', () => {
    customElements.define('warung-menu-tested', MenuElement);
    alike(ABSENT, (absent) => {
        const menu = document.createElement('warung-menu-tested');
        document.body.append(menu);
        menu.show({}, ['reply', 'link'], { left: 0, top: 0 }, absent);
        const at = document.activeElement.dataset.do;
        menu.remove();
        return at;
    });
});

test('drafts that are about the same message say the same, however the log of it was absent', () => {
    const [reply, edit] = [
        { seq: 7, name: 'Budi', text: 'Kopi?' },
        { seq: 3, text: 'helo' },
    ];
    const drafts = [{}, ...ABSENT.map((epoch) => ({ epoch }))].map((how) =>
        whole({ text: 'a', reply: { ...reply, ...how }, edit: { ...edit, ...how } }),
    );
    for (const one of drafts)
        for (const other of drafts) {
            same(saysTheSame(one, other), true);
            same(mergeDrafts(one, { ...one, text: 'ab' }, { ...other, edit: { ...other.edit, text: 'hello' } }), {
                ...drafts[0],
                text: 'ab',
                edit: { ...drafts[0].edit, text: 'hello' },
            });
        }
});
