import { isMine } from '../../main/webapp/js/model/reactions.js';
import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { fakeTable } from './fake-table.js';
import { always, holds, same, test } from './harness.js';

const AT = '2026-11-23T19:31:32.123Z';
const USERS = ['ana', 'budi', 'cici'].map((name) => ({ id: `u-${name}`, name }));
const EMOJIS = ['🍵', '👍', '🎉'];
const [ana, budi] = USERS;

/** A room as a server keeps it: its entries, and the pages of history that it makes of them. */
class Log {
    entries = [];

    get head() {
        return this.entries.length;
    }

    message() {
        return this.#append({ type: 'message', from: ana, text: 'hi' });
    }

    /** Who reacts so, as of an entry, in order. */
    usersOf(target, emoji, head = this.head) {
        const users = [];
        for (const entry of this.entries.slice(0, head)) {
            if (entry.type !== 'reacted' || entry.target !== target || entry.emoji !== emoji) continue;
            if (entry.on) users.push(entry);
            else users.splice(users.findIndex(({ from }) => from.id === entry.from.id), 1);
        }
        return users;
    }

    react(target, emoji, from) {
        const on = !this.usersOf(target, emoji).some((entry) => entry.from.id === from.id);
        return this.#append({ type: 'reacted', target, emoji, on, from });
    }

    reactions(target) {
        return EMOJIS.map((emoji) => ({ emoji, users: this.usersOf(target, emoji) }))
            .filter(({ users }) => users.length > 0)
            .sort((a, b) => a.users[0].seq - b.users[0].seq)
            .map(({ emoji, users }) => ({
                emoji,
                count: users.length,
                users: users.map(({ from }) => from),
                seqs: users.map(({ seq }) => seq),
            }));
    }

    page({ before, after, limit }, me) {
        const all = after == null ? this.entries.filter(({ type }) => type === 'message') : this.entries;
        const entries = after == null ? all.filter(({ seq }) => seq < before).slice(-limit) : all.slice(after, after + limit);
        const amends = entries
            .filter(({ type, seq }) => type === 'message' && this.reactions(seq).length > 0)
            .map(({ seq }) => ({
                type: 'reactions',
                room: 'lobby',
                seq,
                of: this.reactions(seq).map((kind) => ({
                    ...kind,
                    users: kind.users.slice(0, 2),
                    seqs: kind.seqs.slice(0, 2),
                    ...(kind.users.some(({ id }) => id === me) && { mine: true }),
                })),
            }));
        return { epoch: 'e-1', head: this.head, entries, amends };
    }

    #append(fields) {
        const seq = this.head + 1;
        this.entries.push({ room: 'lobby', seq, n: seq, at: AT, ...fields });
        return this.entries.at(-1);
    }
}

const shown = (timeline, me) =>
    timeline.entries.map(({ seq, reactions }) => [
        seq,
        ...(reactions ?? []).map((kind) => `${kind.emoji} ${kind.count}${isMine(kind, me) ? ' mine' : ''}`),
    ]);
const expected = (log, seqs, me) =>
    seqs.map((seq) => [
        seq,
        ...log
            .reactions(seq)
            .map(({ emoji, count, users }) => `${emoji} ${count}${users.some(({ id }) => id === me) ? ' mine' : ''}`),
    ]);

test('reactions are those of the log, however pages and entries come', () =>
    always(300, (random) => {
        const log = new Log();
        const happens = () => {
            const messages = log.entries.filter(({ type }) => type === 'message');
            if (messages.length === 0 || random.chance(0.3)) return log.message();
            return log.react(random.pick(messages).seq, random.pick(EMOJIS), random.pick(USERS));
        };
        for (let i = 0; i < 30; i++) happens();
        let timeline = new Timeline(5);
        let sent = Math.max(0, log.head - 5);
        timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: log.head });
        const late = [];
        for (let step = 0; step < 40; step++) {
            const what = random.next();
            if (what < 0.4) happens();
            else if (what < 0.7 && sent < log.head) timeline.apply(log.entries[sent++]);
            else if (what < 0.85 && timeline.live) {
                const query = { before: timeline.live.from, limit: 3 };
                late.push([log.page(query, ana.id), query]);
            } else if (late.length > 0) timeline.take(...late.splice(random.below(late.length), 1)[0]);
            if (random.chance(0.03)) {
                timeline = new Timeline(5);
                sent = Math.max(0, log.head - 5);
                late.length = 0;
                timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: log.head });
            }
        }
        while (sent < log.head) timeline.apply(log.entries[sent++]);
        for (const [page, query] of late) timeline.take(page, query);
        while (timeline.live && !timeline.live.begins) {
            const query = { before: timeline.live.from, limit: 3 };
            const page = log.page(query, ana.id);
            holds(timeline.take(page, query), 'the page fits');
            if (page.entries.length === 0) break;
        }
        const seqs = log.entries.filter(({ type }) => type === 'message').map(({ seq }) => seq);
        same(shown(timeline, ana.id), expected(log, seqs, ana.id));
    }));

test('the order of what people react with is that of the first reactions that hold, whatever was loaded when', () => {
    const log = new Log();
    log.message();
    const [, cici] = [budi, USERS[2]];
    for (const [emoji, user] of [['🍵', ana], ['👍', budi], ['🍵', cici]]) log.react(1, emoji, user);
    const orderIn = (page, entries) => {
        const timeline = new Timeline();
        timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: log.head });
        if (page) timeline.take(page, { before: 2, limit: 9 });
        for (const entry of entries) timeline.apply(entry);
        return timeline.at(1).reactions.map(({ emoji }) => emoji);
    };
    const before = log.page({ before: 2, limit: 9 });
    log.react(1, '🍵', ana); // takes it back: now 👍 has been there for longest
    const now = log.page({ before: 2, limit: 9 });
    same(
        [orderIn(before, [log.entries.at(-1)]), orderIn(now, []), orderIn(null, log.entries)],
        new Array(3).fill(['👍', '🍵']),
    );
});

test('many reactions to a message are counted once for a frame, not once each', () => {
    const timeline = new Timeline();
    timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: 1 });
    timeline.apply(new Log().message());
    let looks = 0;
    const reacted = (seq) => ({
        type: 'reacted',
        room: 'lobby',
        seq,
        n: 1,
        at: AT,
        from: { id: `u-${seq}`, name: `${seq}` },
        target: 1,
        emoji: '🍵',
        get on() {
            looks++;
            return true;
        },
    });
    for (let seq = 2; seq <= 501; seq++) timeline.apply(reacted(seq));
    same(shown(timeline, ana.id), [[1, '🍵 500']]);
    same(looks, 500);
});

test('a wish is shown at once, and is over when its entry is here, or the server refuses', () => {
    const timeline = new Timeline();
    const log = new Log();
    timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: 1 });
    timeline.apply(log.message());
    const wish = (on) => ({ seq: 1, emoji: '🍵', on, user: ana });
    const first = wish(true);
    timeline.wish(first);
    same(shown(timeline, ana.id), [[1, '🍵 1 mine']]);
    timeline.settle(first, 3);
    same(shown(timeline, ana.id), [[1, '🍵 1 mine']], 'the ack is here, the entry is not');
    timeline.apply(log.react(1, '🍵', budi));
    timeline.apply(log.react(1, '🍵', ana));
    same(shown(timeline, ana.id), [[1, '🍵 2 mine']]);
    timeline.apply(log.react(1, '🍵', ana));
    same(shown(timeline, ana.id), [[1, '🍵 1']], 'on another device');
    const second = wish(true);
    timeline.wish(second);
    same(shown(timeline, ana.id), [[1, '🍵 2 mine']]);
    timeline.settle(second, null);
    same(shown(timeline, ana.id), [[1, '🍵 1']]);
});

test('only the latest of several wishes counts', () => {
    const timeline = new Timeline();
    timeline.apply({ type: 'joined', room: 'lobby', epoch: 'e-1', head: 1 });
    timeline.apply(new Log().message());
    const wishes = [true, false, true].map((on) => ({ seq: 1, emoji: '🍵', on, user: ana }));
    for (const wish of wishes) timeline.wish(wish);
    timeline.settle(wishes[0], null);
    same(shown(timeline, ana.id), [[1, '🍵 1 mine']]);
    timeline.settle(wishes[2], null);
    same(shown(timeline, ana.id), [[1]]);
});

test('two people react at once to one message, and see the same', () => {
    const { server, client, connect } = fakeTable();
    connect();
    client.join('lobby');
    server.settle();
    client.post('lobby', 'hi');
    server.settle();
    const seq = client.find('lobby').timeline.entries.at(-1).seq;
    const reaction = client.react('lobby', seq, '🍵', true);
    server.react(seq, '🍵', true);
    server.settle();
    return reaction.then(() => {
        const [kind] = client.find('lobby').timeline.at(seq).reactions;
        same([kind.count, isMine(kind, client.user.id)], [2, true]);
    });
});
