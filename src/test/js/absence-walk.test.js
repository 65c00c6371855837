import { rowsOf } from '../../main/webapp/js/model/rows.js';
import { fakeTable } from './fake-table.js';
import { same, test } from './harness.js';

const JS = new URL('../../main/webapp/js/', import.meta.url);
const AT = '2026-11-23T12:00:00Z';
const ANA = { id: 'u-1', name: 'Ana' };
const NO_DRAFT = { text: '', people: [], reply: null, edit: null };
const ROOM = {
    name: 'lobby',
    closed: null,
    archived: false,
    topic: '',
    member: true,
    read: null,
    unread: 0,
    mentions: 0,
    at: null,
    with: null,
    access: null,
    moderator: false,
    joined: true,
};
const ENTRY = {
    type: 'message',
    room: 'lobby',
    seq: 1,
    n: 1,
    at: AT,
    from: ANA,
    text: 'hi',
    id: null,
    replyTo: null,
    mentions: null,
};

/** For each function of `model` and `net` what it may be called with, where what is absent is null. */
const SAMPLES = {
    'model/reconnect.js': { backoffMs: [[1, () => 0.5, null]], mayReconnect: [[null]], reasonOf: [[null]] },
    'model/completion.js': {
        wantedAt: [['hi', 2]],
        closedAt: [['hi', 2]],
        emojiFor: [['s', null]],
        emojiNamed: [['nothing is called so'], ['smile']],
    },
    'model/activity.js': {
        withReactions: [
            [{ type: 'reaction', people: [ANA], emojis: ['🍵'] }, null, null],
            [{ type: 'reaction', people: [ANA], emojis: ['🍵'] }, ENTRY, 'u-1'],
        ],
    },
    'model/at-hand.js': { isOneEmoji: [[['a']]] },
    'model/fence.js': { isInFence: [['']] },
    'model/draft.js': {
        whole: [
            [null],
            [{ text: null, people: null, reply: null, edit: null }],
            [{ text: 'a', people: [], reply: { seq: 1, epoch: null }, edit: null }],
        ],
        isNothing: [[NO_DRAFT], [{ ...NO_DRAFT, text: null }]],
        saysTheSame: [[NO_DRAFT, NO_DRAFT]],
        mergeDrafts: [[NO_DRAFT, { ...NO_DRAFT, text: 'a' }, NO_DRAFT]],
        mergeTexts: [['', 'a', 'b']],
        caretIn: [['', '', 0]],
    },
    'model/agent.js': { agentOf: [[null], ['curl/8']] },
    'model/address.js': {
        isRoomName: [['']],
        roomNameFrom: [['']],
        placeIn: [[''], ['#lobby']],
        addressOf: [['lobby', null]],
        readable: [['%']],
    },
    'model/calendar.js': { dayOf: [[AT]], dayBefore: [[AT]], msToNextDay: [[AT]] },
    'model/graphemes.js': { graphemes: [['']], cut: [['', 1]], cutToEnd: [['', 1]] },
    'model/ids.js': { newId: 'another each time' },
    'model/inlines.js': { inlinesOf: [['a *b*', null]], linksOf: [['a #b']], safeHref: [['no link']] },
    'model/markup.js': {
        blocksOf: [
            ['> a\n1. b', null],
            ['```\ncode', null],
        ],
    },
    'model/mentions.js': {
        callIn: [
            ['hi', []],
            ['@hi', []],
        ],
        isProse: [['hi', 0]],
        mentionAt: [['hi', 2]],
        mentionsIn: [['hi', []]],
        piecesOf: [['@hi', []]],
        unknownIn: [['hi', []]],
    },
    'model/names.js': { initialsOf: [['']], toneOf: [['']] },
    'model/notify.js': { isQuietAt: [['12:00', null]], isWorthANotice: [[ROOM, ENTRY, { me: null, level: 'mine', muted: new Set() }]] },
    'model/outbox.js': { newItem: 'another each time', undoableFor: [[{ state: 'waiting', at: null }, 0]] },
    'model/people.js': {
        hasNamesake: [[ANA, [{ id: 'u-2', name: 'ana' }]]],
        idPart: [[ANA]],
        isGuest: [[ANA], [{ id: null }]],
        callsFor: [['', []]],
        peopleFor: [['', []]],
        isWhole: [['', []]],
        namesIn: 'returns a function',
    },
    'model/permissions.js': {
        actionsFor: [
            [null, ROOM],
            [
                { type: 'message', own: null, deleted: null },
                { archived: null, moderator: null },
            ],
        ],
        closedReason: [[{ closed: null, archived: null }]],
        mayCall: [[ROOM, null]],
        mayChangeTopic: [[ROOM]],
    },
    'model/room-list.js': {
        roomList: [[[], null]],
        isIn: [[{ closed: null, member: false, read: null }]],
        isListed: [[ROOM]],
        isDirect: [[ROOM]],
        namesakesIn: [[[ROOM, { name: 'a', title: null }]]],
        isHere: [[{ with: null, joined: true, roster: { here: [] } }]],
        unreadIn: [[[ROOM], null]],
        callsIn: [[[ROOM], null]],
        nextUnread: [[{ starred: [], unread: [], rooms: [], directs: [] }, ROOM, null]],
        neighbour: [
            [{ starred: [], unread: [], rooms: [], directs: [] }, null, 1],
            [{ starred: [], unread: [], rooms: [], directs: [] }, ROOM, -1],
        ],
    },
    'model/rows.js': {
        rowsOf: [
            [{ entries: [ENTRY], pending: null, me: null, newFrom: null, sourceOf: null, namesOf: null }],
            [
                {
                    entries: [{ ...ENTRY, replyTo: 7 }],
                    pending: [],
                    me: ANA,
                    newFrom: 1,
                    sourceOf: () => null,
                    namesOf: () => null,
                },
            ],
        ],
    },
    'model/reactions.js': {
        isMine: [
            [null, 'u-1'],
            [{ emoji: '🍵', count: 0, users: [], mine: null, changed: new Map() }, null],
        ],
    },
    'model/shown.js': {
        isQuiet: [[ENTRY]],
        happening: [[{ type: 'created', from: ANA, user: null, topic: null }]],
        shownOf: [
            [ENTRY, null, null],
            [{ ...ENTRY, type: 'erased' }, null, null],
        ],
    },
    'model/switcher.js': { mayBeMade: [['']], roomNamed: [['a', [ROOM]]], roomsFor: [['', [ROOM], null, null]] },
    'model/emoji.js': { toned: [[{ emoji: '🍵', tones: false, sex: null }, 0]], usedLately: [[[], '🍵']] },
    'model/text.js': { fold: [['']], excerptOf: [['']], snippetOf: [['', '']] },
    'net/handed-token.js': { takeHandedToken: 'asks the server' },
    'net/sign-in-ways.js': { waysOf: [[null], [{ ways: ['oidc'], oidc: null }]] },
    'net/assembly.js': { assemble: 'is the client, below' },
    'net/connection.js': { decode: [['[]']], encode: [[{ type: 'post', id: null, text: '' }]] },
};

/** The addresses, below `js/`, of all modules that the page is made of. */
async function modules() {
    const found = new Set();
    const walk = async (url) => {
        if (found.has(url.href)) return;
        found.add(url.href);
        const source = await (await fetch(url)).text();
        for (const [, path] of source.matchAll(/(?:from |import\()'(\.[^']+)'/g)) await walk(new URL(path, url));
    };
    await walk(new URL('app.js', JS));
    return [...found].map((href) => href.slice(JS.href.length)).sort();
}

/** Where in `value` something is undefined, as paths; `seen` keeps it from going round. */
function undefinedIn(value, path = '', seen = new Set()) {
    if (value === undefined) return [path];
    if (value === null || typeof value !== 'object' || seen.has(value)) return [];
    seen.add(value);
    const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value) ?? {})).filter(
        ([name, { get }]) => get && name !== '__proto__',
    );
    const names = [...Object.keys(value), ...getters.map(([name]) => name)];
    return names.flatMap((name) => undefinedIn(value[name], `${path}.${name}`, seen));
}

/** The same with undefined for each null. */
function withUndefined(value) {
    if (value === null) return undefined;
    if (Array.isArray(value)) return value.map(withUndefined);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withUndefined(each)]));
}

/** What is there of it. */
function there(value) {
    return JSON.stringify(value, (_, each) => each ?? undefined);
}

test('each function of model and net takes both values for what is absent alike, and returns null', async () => {
    for (const path of (await modules()).filter((each) => /^(model|net)\//.test(each))) {
        const module = await import(new URL(path, JS));
        const functions = Object.entries(module).filter(
            ([, value]) => typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value)),
        );
        same(
            functions.map(([name]) => name).sort(),
            Object.keys(SAMPLES[path] ?? {}).sort(),
            `${path} has its samples`,
        );
        for (const [name, act] of functions) {
            if (typeof SAMPLES[path][name] === 'string') continue;
            for (const given of SAMPLES[path][name]) {
                const about = `${path} ${name}(${JSON.stringify(given)})`;
                const result = act(...given);
                same(undefinedIn(result), [], about);
                same(there(act(...withUndefined(given))), there(result), about);
            }
        }
    }
});

test('nothing that a client shows is undefined, whatever has happened', async () => {
    const { server, client, room, connect, answerAll, clock } = fakeTable();
    const faults = () =>
        [
            client,
            client.status,
            client.limits,
            room,
            room.timeline,
            room.timeline.live,
            client.outbox.of('lobby'),
            rowsOf({ entries: room.timeline.entries, pending: client.outbox.of('lobby'), me: client.user }),
        ].flatMap((each, i) => undefinedIn(each, `${i}`));
    const check = (about) => same(faults(), [], about);
    check('before');
    for (let i = 1; i <= 120; i++) server.say(`${i}`);
    connect();
    check('connected');
    client.earlier('lobby', null);
    await answerAll();
    check('history');
    client.post('lobby', 'hi');
    client.edit('lobby', 1, 'mine');
    check('said');
    server.settle();
    check('heard');
    client.outbox.failed(client.remove('lobby', 2), 'forbidden');
    check('refused');
    const source = client.fetchEntry('lobby', 999);
    await answerAll();
    const missing = [
        client.find('nowhere'),
        await source,
        room.timeline.at(999),
        room.timeline.rangeOf(999),
        room.timeline.nAt(999),
        client.outbox.find('c-0'),
    ];
    same(
        missing.map((each) => each === null),
        Array(6).fill(true),
    );
    server.cut(server.line);
    check('cut');
    clock.pass(clock.nextInMs);
    check('again');
});
