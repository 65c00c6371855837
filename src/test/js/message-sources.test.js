import { MessageSources } from '../../main/webapp/js/page/message-sources.js';
import { microtasks } from './fake-table.js';
import { same, test } from './harness.js';

/** Sources of a client that has the messages of `loaded` (by `room/seq`), and asks for others until `come` answers. */
function aList(loaded = {}) {
    const rooms = new Map();
    const asked = [];
    const know = (name) => {
        if (!rooms.has(name)) rooms.set(name, { name, timeline: { at: (seq) => loaded[`${name}/${seq}`] ?? null } });
        return rooms.get(name);
    };
    const waiting = (what, then) =>
        new Promise((resolve, reject) => {
            asked.push(what);
            answers.push((fault) => (fault ? reject(fault) : resolve(then())));
        });
    const answers = [];
    const client = {
        find: (name) => rooms.get(name) ?? null,
        room: (name) => waiting(name, () => ({ room: know(name) })),
        fetchEntry: (name, seq) => waiting(`${name}/${seq}`, () => client.find(name).timeline.at(seq)),
    };
    let changes = 0;
    const sources = new MessageSources(client, () => changes++);
    const come = async (fault) => {
        answers.shift()(fault);
        await microtasks();
    };
    const stateOf = (room, message) => sources.of({ room, message }).state;
    return { sources, loaded, asked, know, come, stateOf, changes: () => changes };
}

const refused = (code) => Object.assign(new Error(code), { code });

test('a message that is loaded is there at once, another one when it has come, with its room', async () => {
    const { loaded, asked, know, come, stateOf, changes } = aList({ 'lobby/1': { text: 'hi' } });
    know('lobby');
    same([stateOf('lobby', 1), stateOf('yard', 7), stateOf('yard', 7)], ['there', 'asking', 'asking']);
    loaded['yard/7'] = { text: 'kopi?' };
    await come();
    await come();
    same([asked, stateOf('yard', 7), changes()], [['yard', 'yard/7'], 'there', 1]);
    loaded['yard/7'].deleted = true;
    same(stateOf('yard', 7), 'gone');
});

test('what is not there, not for the user, or not to be had, says so; what failed is asked for again', async () => {
    const { sources, know, come, stateOf } = aList();
    know('lobby');
    stateOf('lobby', 1);
    await come();
    same(stateOf('lobby', 1), 'gone');
    stateOf('kitchen', 1);
    await come(refused('no-such-room'));
    same(stateOf('kitchen', 1), 'closed');
    stateOf('lobby', 2);
    await come(refused('unreachable'));
    same(stateOf('lobby', 2), 'failed');
    sources.retry();
    same(stateOf('lobby', 2), 'asking');
});

test('a few are asked for at once, and the others after them', async () => {
    const { asked, know, come, stateOf } = aList();
    know('lobby');
    for (let seq = 1; seq <= 9; seq++) stateOf('lobby', seq);
    same(asked.length, 4);
    await come();
    same(asked.length, 5);
});
