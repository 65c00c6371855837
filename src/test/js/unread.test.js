import { Unread } from '../../main/webapp/js/model/unread.js';
import { always, holds, same, test } from './harness.js';

const message = (seq, n = seq) => ({ type: 'message', seq, n });
const theirs = { own: false, mention: false };
const mine = { own: true, mention: false };

function told(numbers) {
    const unread = new Unread();
    unread.told(numbers);
    return unread;
}

test('it goes on from the numbers of the server', () => {
    const unread = told({ head: 10, n: 9, read: { seq: 4, n: 4 }, unread: 3, mentions: 1 });
    same([unread.count, unread.mentions], [3, 1]);
    unread.heard(message(11, 10), { own: false, mention: true });
    unread.heard(message(12, 11), mine);
    unread.heard({ type: 'edited', seq: 13, n: 11 }, theirs);
    same([unread.count, unread.mentions, unread.uncertain], [4, 2, false]);
});

test('messages a user has read are not unread, their own never were', () => {
    const unread = told({ head: 10, n: 10, read: { seq: 4, n: 4 }, unread: 5, mentions: 2 });
    for (const seq of [11, 12, 13]) unread.heard(message(seq), seq === 12 ? mine : theirs);
    unread.readTo({ seq: 11, n: 11 });
    same([unread.count, unread.mentions, unread.uncertain], [1, 0, false]);
    unread.readTo({ seq: 13, n: 13 });
    same(unread.count, 0);
});

test('a mark never goes back', () => {
    const unread = told({ head: 10, n: 10, read: { seq: 8, n: 8 }, unread: 2 });
    same(
        [unread.readTo({ seq: 5, n: 5 }), unread.readTo({ seq: 8, n: 8 }), unread.read],
        [false, false, { seq: 8, n: 8 }],
    );
    unread.told({ head: 10, n: 10, read: { seq: 5, n: 5 }, unread: 5 });
    same([unread.read.seq, unread.count], [8, 2], 'nor by what the server said before it knew');
});

test('a user who never was in the room has nothing unread there', () => {
    const unread = new Unread();
    for (const seq of [1, 2, 3]) unread.heard(message(seq), theirs);
    same([unread.count, unread.read, unread.uncertain], [0, null, false]);
    unread.readTo({ seq: 2, n: 2 });
    same([unread.count, unread.uncertain], [1, false]);
    same([unread.forget(), unread.count, unread.forget()], [true, 0, false]);
});

test('where it cannot know whose the messages were, it wants to be told, and is never negative', () => {
    const read = { seq: 4, n: 4 };
    const gap = told({ head: 10, n: 10, read, unread: 6 });
    gap.heard(message(20), theirs);
    same(gap.uncertain, true);
    gap.told({ head: 21, n: 21, read, unread: 3 });
    gap.heard(message(21), theirs);
    same([gap.uncertain, gap.count], [false, 3], 'what comes was counted already');
    const elsewhere = told({ head: 10, n: 10, read, unread: 1 });
    elsewhere.readTo({ seq: 8, n: 8 });
    same([elsewhere.uncertain, elsewhere.count >= 0], [true, true]);
    elsewhere.readTo({ seq: 10, n: 10 });
    same([elsewhere.uncertain, elsewhere.count], [false, 0], 'at the end there is nothing to ask');
});

test('numbers from before we came in are no numbers', () => {
    const unread = new Unread();
    unread.reach(15, 15);
    unread.told({ head: 10, n: 10, read: { seq: 4, n: 4 }, unread: 6 });
    same(unread.uncertain, true);
    unread.told({ head: 15, n: 15, read: { seq: 4, n: 4 }, unread: 7 });
    same([unread.uncertain, unread.count], [false, 7]);
});

test('whenever it is certain, it is what a plain recount says', () =>
    always(500, (random) => {
        const log = [];
        const unread = new Unread();
        let mark = { seq: 0, n: 0 };
        let at = 0;
        const counted = (after, to, which) => log.slice(after, to).filter(which).length;
        const theirs = ({ type, own }) => type === 'message' && !own;
        const numbers = (head) => ({
            head,
            n: log[head - 1]?.n ?? 0,
            read: mark,
            unread: counted(mark.seq, head, theirs),
            mentions: counted(mark.seq, head, ({ mention }) => mention),
        });
        const say = () => {
            const type = random.chance(0.8) ? 'message' : 'edited';
            const own = random.chance(0.3);
            const n = (log.at(-1)?.n ?? 0) + (type === 'message' ? 1 : 0);
            const mention = type === 'message' && !own && random.chance(0.3);
            log.push({ type, own, mention, reply: mention && random.chance(0.5), seq: log.length + 1, n });
        };
        // A reply is no mention by itself: the inbox says that it calls the user, before or after.
        const hear = () => {
            if (at === log.length) return;
            const entry = log[at++];
            const heard = () => unread.heard(entry, { own: entry.own, mention: entry.mention && !entry.reply });
            const called = () => entry.reply && unread.called(entry.seq);
            for (const each of random.chance(0.5) ? [heard, called] : [called, heard]) each();
        };
        const read = () => {
            const seq = mark.seq + random.below(log.length - mark.seq + 1);
            if (seq <= mark.seq) return;
            mark = { seq, n: log[seq - 1].n };
            unread.readTo(mark);
        };
        const back = () => {
            if (mark.seq === 0) return;
            const seq = random.below(mark.seq);
            const stale = numbers(log.length);
            mark = { seq, n: log[seq - 1]?.n ?? 0 };
            unread.readBack(mark);
            if (random.chance(0.3)) unread.told(stale);
        };
        unread.told(numbers(0));
        for (let step = 0; step < 80; step++) {
            random.pick([
                say,
                say,
                hear,
                hear,
                hear,
                () => random.chance(0.2) && read(),
                () => random.chance(0.2) && back(),
                () => random.chance(0.1) && (at = log.length),
                () => unread.told(numbers(log.length)),
            ])();
            holds(unread.count >= 0, 'negative');
            if (unread.uncertain || unread.n < mark.n) continue;
            const head = log.findLast(({ n }) => n <= unread.n)?.seq ?? 0;
            same(
                [unread.count, unread.mentions],
                [counted(mark.seq, head, theirs), counted(mark.seq, head, ({ mention }) => mention)],
            );
        }
    }));

test('an edit that mentions is unread like a message, and one of which it is unknown is asked for', () => {
    const unread = told({ head: 10, n: 9, read: { seq: 10, n: 9 }, unread: 0, mentions: 0 });
    const edited = (seq) => ({ type: 'edited', seq, n: 9 });
    unread.heard(edited(11), { own: false, mention: false });
    same([unread.count, unread.mentions], [0, 0]);
    unread.heard(edited(12), { own: false, mention: true });
    same([unread.count, unread.mentions, unread.uncertain], [1, 1, false]);
    unread.heard(edited(13), { own: false, mention: null });
    same([unread.mentions, unread.uncertain], [1, true]);
    unread.told({ head: 13, n: 9, read: { seq: 10, n: 9 }, unread: 0, mentions: 2 });
    same([unread.count, unread.mentions, unread.uncertain], [2, 2, false]);
    unread.readTo({ seq: 13, n: 9 });
    same([unread.count, unread.mentions, unread.uncertain], [0, 0, false]);
});

test('where the user was never, mentions count until they have read them or left', () => {
    const unread = told({ head: 10, n: 9, mentions: 2 });
    same([unread.count, unread.mentions, unread.read, unread.uncertain], [2, 2, null, false]);
    unread.told({ head: 11, n: 10, mentions: 3 });
    unread.heard(message(11, 10), { own: false, mention: true });
    unread.heard(message(12, 11), { own: false, mention: true });
    unread.heard(message(13, 12), theirs);
    same([unread.count, unread.mentions], [4, 4]);
    unread.readTo({ seq: 13, n: 12 });
    same([unread.count, unread.mentions], [0, 0]);
    unread.heard(message(14, 13), { own: false, mention: true });
    unread.forget();
    same([unread.count, unread.mentions], [0, 0]);
});
