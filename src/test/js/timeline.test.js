import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { always, same, test } from './harness.js';

const AT = '2026-11-23T19:31:32.123Z';
const ana = { id: 'u-1', name: 'Ana' };
const message = (seq, epoch = 'e-1') => ({
    type: 'message',
    room: 'lobby',
    seq,
    n: seq,
    at: AT,
    from: ana,
    text: `${epoch} ${seq}`,
});
const edited = (seq, target, text) => ({
    type: 'edited',
    room: 'lobby',
    seq,
    n: seq,
    at: `at ${seq}`,
    from: ana,
    target,
    text,
});
const deleted = (seq, target) => ({ type: 'deleted', room: 'lobby', seq, n: seq, at: AT, from: ana, target });
const erased = (seq, n) => ({ type: 'erased', room: 'lobby', seq, n });
const joined = (head, epoch = 'e-1') => ({ type: 'joined', room: 'lobby', epoch, head });
const gap = (from, to) => ({ type: 'gap', room: 'lobby', from, to });
const span = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
const page = (head, entries, more) => ({ epoch: 'e-1', head, entries, amends: [], ...more });
const seqs = (timeline) => timeline.entries.map((entry) => entry.seq);
const texts = (timeline) => timeline.entries.map(({ text, deleted: gone }) => (gone ? 'gone' : text));

function live(from, to, last) {
    const timeline = new Timeline(last);
    timeline.apply(joined(to));
    for (const event of span(from, to)) timeline.apply(event);
    return timeline;
}

test('a message that comes twice is there once', () => {
    const timeline = new Timeline();
    timeline.apply(joined(3));
    same([timeline.apply(message(2)), timeline.apply(message(3)), timeline.apply(message(2))], [true, true, false]);
    same(seqs(timeline), [2, 3]);
});

test('the position is the last entry we have', () => {
    const timeline = new Timeline();
    same([timeline.position, timeline.live], [null, null]);
    timeline.apply(joined(41));
    same(timeline.position, null, 'nothing has come yet');
    timeline.apply(message(40));
    timeline.apply(message(41));
    same(timeline.position, { epoch: 'e-1', after: 41 });
});

test('an empty room has a position from which everything follows', () => {
    const timeline = new Timeline();
    timeline.apply(joined(0));
    same(
        [timeline.position, timeline.live],
        [
            { epoch: 'e-1', after: 0 },
            { from: 1, to: 0, begins: true, ends: true },
        ],
    );
});

test('a reader who wants nothing old continues from the head, and can read back from there', () => {
    const timeline = new Timeline(0);
    timeline.apply(joined(41));
    same(
        [timeline.position, timeline.live],
        [
            { epoch: 'e-1', after: 41 },
            { from: 42, to: 41, begins: false, ends: true },
        ],
    );
    timeline.take(page(41, span(32, 41)), { before: 42 });
    same([timeline.position.after, timeline.live], [41, { from: 32, to: 41, begins: false, ends: true }]);
});

test('a gap moves the position past what will not come, and what was before it goes', () => {
    const timeline = live(1, 11);
    timeline.apply(joined(90));
    timeline.apply(gap(12, 80));
    same([timeline.position.after, timeline.hasGap, seqs(timeline)], [80, false, []]);
    for (const event of span(81, 90)) timeline.apply(event);
    same(timeline.live, { from: 81, to: 90, begins: false, ends: true });
    same(
        [timeline.apply(gap(12, 80)), timeline.apply(message(11)), timeline.apply(message(50))],
        [false, false, false],
        'late words change nothing',
    );
});

test('an entry of a kind we do not know counts, but shows nothing', () => {
    const timeline = live(1, 1);
    timeline.apply({ type: 'pinned', room: 'lobby', seq: 2, n: 1 });
    same([timeline.position.after, seqs(timeline), timeline.nAt(2), timeline.at(2)], [2, [1], 1, undefined]);
});

test('room events are kept as they came', () => {
    const timeline = live(1, 1);
    const events = ['created', 'changed', 'added', 'removed'].map((type, i) => ({
        type,
        room: 'lobby',
        seq: i + 2,
        n: 1,
        at: AT,
        from: ana,
    }));
    for (const event of events) timeline.apply(event);
    same(timeline.entries.slice(1), events);
});

test('a missing entry tears the timeline until it comes', () => {
    const timeline = new Timeline();
    timeline.apply(joined(4));
    timeline.apply(message(2));
    timeline.apply(message(4));
    same([timeline.hasGap, timeline.position.after], [true, 2]);
    timeline.apply(message(3));
    same([timeline.hasGap, timeline.position.after], [false, 4]);
});

test('a reset forgets everything', () => {
    const timeline = live(3, 3);
    timeline.apply({ type: 'reset', room: 'lobby', epoch: 'e-2', head: 1 });
    same([seqs(timeline), timeline.position], [[], null]);
    timeline.apply(joined(1, 'e-2'));
    timeline.apply(message(1, 'e-2'));
    same(texts(timeline), ['e-2 1']);
});

test('an edit shows, wherever it comes from and whenever; the last word holds', () => {
    for (const order of [
        [0, 1, 2],
        [2, 1, 0],
        [1, 2, 0],
        [2, 0, 1],
    ]) {
        const timeline = live(1, 1);
        const events = [message(2), edited(3, 2, 'once'), edited(4, 2, 'twice')];
        for (const i of order) timeline.apply(events[i]);
        same([timeline.at(2).text, timeline.at(2).edited, seqs(timeline)], ['twice', 'at 4', [1, 2]]);
    }
});

test('a deleted message leaves a tombstone, the same for present and later readers', () => {
    const there = live(1, 3);
    there.apply(edited(4, 2, 'new'));
    there.apply(deleted(5, 2));
    const later = live(1, 1);
    for (const event of [erased(2, 2), message(3), erased(4, 3), deleted(5, 2)]) later.apply(event);
    same(
        [texts(there), there.at(2)],
        [['e-1 1', 'gone', 'e-1 3'], { type: 'erased', room: 'lobby', seq: 2, n: 2, deleted: true }],
    );
    same(there.entries, later.entries);
});

test('erased messages stay erased, whatever a late page has', () => {
    const timeline = live(50, 50);
    timeline.take(page(50, [message(40), erased(41, 41)]), { after: 39 });
    timeline.take(page(50, span(40, 42)), { after: 39 });
    same(texts(timeline), ['e-1 40', 'gone', 'e-1 42', 'e-1 50']);
});

test('an edit that was erased with its message is nothing to be seen; beside what came before it, that is known', () => {
    const timeline = live(10, 10);
    timeline.take(page(10, [erased(5, 3), erased(6, 3), { ...message(7), n: 4 }, erased(8, 5), erased(9, 5)]), {
        before: 10,
    });
    same(seqs(timeline), [7, 8, 10]);
    timeline.take(page(10, [{ ...message(4), n: 2 }]), { before: 5 });
    same(seqs(timeline), [4, 5, 7, 8, 10]);
});

test('pages of history grow the live range to where the room begins', () => {
    const timeline = live(50, 50);
    same(timeline.take({ ...page(50, span(40, 49)), epoch: 'e-2' }, { before: 50 }), false, 'of another log');
    same(timeline.take(page(50, span(48, 49)), { before: 50 }), true);
    same([seqs(timeline), timeline.live], [[48, 49, 50], { from: 48, to: 50, begins: false, ends: true }]);
    timeline.take(page(50, []), { before: 48 });
    same([timeline.live.begins, timeline.position.after], [true, 50]);
});

test('the room begins after the entries no longer kept', () => {
    const timeline = live(50, 50);
    timeline.take(page(50, span(31, 35), { gap: gap(11, 30) }), { after: 10 });
    same([timeline.rangeOf(33), timeline.rangeOf(20)], [{ from: 31, to: 35, begins: true, ends: false }, null]);
});

test('a range far away grows in both directions until it meets the live one', () => {
    const timeline = live(90, 99);
    timeline.take(page(99, span(40, 49)), { after: 39 });
    same([timeline.rangeOf(45), timeline.live.from], [{ from: 40, to: 49, begins: false, ends: false }, 90]);
    timeline.take(page(99, span(30, 39)), { before: 40 });
    timeline.take(page(99, span(50, 79)), { after: 49 });
    same([timeline.rangeOf(45).from, timeline.rangeOf(45).to, timeline.rangeOf(85)], [30, 79, null]);
    timeline.take(page(99, span(80, 99)), { after: 79 });
    same([timeline.rangeOf(45), timeline.position.after], [{ from: 30, to: 99, begins: false, ends: true }, 99]);
    same(
        seqs(timeline),
        span(30, 99).map(({ seq }) => seq),
    );
});

test('an edit that comes while a page is on its way is in the page when it arrives', () => {
    const timeline = live(90, 90);
    const late = page(90, span(40, 49));
    timeline.apply(edited(91, 45, 'new'));
    timeline.apply(deleted(92, 46));
    timeline.take(late, { after: 39 });
    same([timeline.at(45).text, timeline.at(46).deleted], ['new', true]);
});

test('a page brings the edits to it that lie beyond it', () => {
    const timeline = live(90, 90);
    timeline.take(page(90, span(40, 49), { amends: [edited(70, 45, 'new'), edited(60, 45, 'older')] }), { after: 39 });
    same([timeline.at(45).text, timeline.rangeOf(70)], ['new', null]);
});

test('a page from before what we have is refused: edits in between may be missing', () => {
    const timeline = live(1, 50);
    const late = page(50, span(10, 19));
    timeline.apply(gap(51, 80));
    same(timeline.take(late, { after: 9 }), false);
    same(timeline.take(page(80, span(10, 19)), { after: 9 }), true);
});

test('a page may come before we are in, and stays if the connection goes on from it', () => {
    for (const [head, stays] of [
        [95, true],
        [80, false],
    ]) {
        const timeline = new Timeline();
        timeline.take(page(head, span(40, 49)), { after: 39 });
        same([timeline.position, timeline.rangeOf(45).ends], [null, false]);
        timeline.apply(joined(99));
        for (const event of span(90, 99)) timeline.apply(event);
        same([timeline.position.after, timeline.rangeOf(45) !== null], [99, stays]);
    }
});

test('messages that a page has already are news all the same when the connection brings them', () => {
    const timeline = live(90, 90);
    timeline.take(page(95, span(93, 95)), { after: 92 });
    same([timeline.position.after, timeline.hasGap], [90, false]);
    same(
        span(91, 95).map((event) => timeline.apply(event)),
        [true, true, true, true, true],
    );
    same([timeline.live, timeline.position.after], [{ from: 90, to: 95, begins: false, ends: true }, 95]);
});

test('requested history is kept beyond the usual limit', () => {
    const timeline = live(8_001, 8_001);
    timeline.take(page(8_001, span(1, 8_000)), { before: 8_001 });
    timeline.apply(message(8_002));
    same([timeline.entries.length, timeline.live.begins], [8_002, true]);
});

test('a very long room keeps its latest thousands, and its place', () => {
    const timeline = live(1, 12_000);
    same(timeline.position, { epoch: 'e-1', after: 12_000 });
    same(timeline.entries.length >= 5_000 && timeline.entries.length <= 5_500, true);
    same([timeline.apply(message(11_999)), timeline.apply(message(1))], [false, false]);
});

test('places far away are let go when they have become many, but the last', () => {
    const timeline = live(90_000, 90_000);
    for (let at = 0; at < 80_000; at += 4_000) timeline.take(page(90_000, span(at + 1, at + 500)), { after: at });
    same([timeline.rangeOf(76_001) !== null, timeline.rangeOf(1), timeline.entries.length < 6_500], [true, null, true]);
});

test('late, doubled and out of order, it holds what a plain list holds', () =>
    always(400, (random) => {
        const timeline = new Timeline();
        const head = 20 + random.below(60);
        const first = 1 + random.below(10);
        const hole = random.chance(0.6) && gap(first + 3, first + 3 + random.below(8));
        const kinds = Array.from({ length: head }, (_, i) => {
            const target = first + random.below(Math.max(1, i + 1 - first));
            if (target > i) return message(i + 1);
            return random.chance(0.2)
                ? edited(i + 1, target, `edit ${i}`)
                : random.chance(0.1)
                  ? deleted(i + 1, target)
                  : message(i + 1);
        });
        kinds[first - 1] = message(first);
        const events = [];
        for (let seq = first; seq <= head; seq++) {
            if (hole && seq >= hole.from && seq <= hole.to) continue;
            events.push(...Array(1 + random.below(3)).fill(kinds[seq - 1]));
        }
        if (hole) events.push(hole, hole);
        timeline.apply(joined(head));
        timeline.apply(message(first));
        for (const event of random.shuffled(events)) timeline.apply(event);
        const there = kinds.filter(({ seq }) => seq >= first && (!hole || seq > hole.to));
        const plain = there
            .filter(({ type }) => type === 'message')
            .map(({ seq, text }) => {
                const last = there.findLast(({ target }) => target === seq);
                return last?.type === 'deleted' ? 'gone' : (last?.text ?? text);
            });
        same(texts(timeline), plain);
        same(timeline.position.after, Math.max(head, hole ? hole.to : 0));
    }));
