import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { always, same, test } from './harness.js';

const message = (seq, epoch = 'e-1') => ({ type: 'message', room: 'lobby', seq, at: '2026-11-23T19:31:32.123Z', from: { id: 'u-1', name: 'Ana' }, text: `${epoch} ${seq}` });
const joined = (head, epoch = 'e-1') => ({ type: 'joined', room: 'lobby', epoch, head });
const seqs = (timeline) => timeline.entries.map((entry) => entry.seq);

test('a message that comes twice is there once', () => {
    const timeline = new Timeline();
    timeline.apply(joined(3));
    same([timeline.apply(message(2)), timeline.apply(message(3)), timeline.apply(message(2))], [true, true, false]);
    same(seqs(timeline), [2, 3]);
});

test('the position is the last entry we have', () => {
    const timeline = new Timeline();
    same(timeline.position, null);
    timeline.apply(joined(41));
    same(timeline.position, null, 'nothing has come yet');
    timeline.apply(message(40));
    timeline.apply(message(41));
    same(timeline.position, { epoch: 'e-1', after: 41 });
});

test('an empty room has a position from which everything follows', () => {
    const timeline = new Timeline();
    timeline.apply(joined(0));
    same(timeline.position, { epoch: 'e-1', after: 0 });
});

test('who wants nothing old goes on from the head', () => {
    const timeline = new Timeline(0);
    timeline.apply(joined(41));
    same(timeline.position, { epoch: 'e-1', after: 41 });
});

test('a gap moves the position past what will not come', () => {
    const timeline = new Timeline();
    timeline.apply(joined(90));
    timeline.apply(message(11));
    timeline.apply({ type: 'gap', room: 'lobby', from: 12, to: 80 });
    same(timeline.position.after, 80);
    same(timeline.gapsBetween(1, 90), [{ from: 12, to: 80 }]);
    same(timeline.torn, false);
});

test('a message closes its part of a gap', () => {
    const timeline = new Timeline();
    timeline.apply(joined(90));
    timeline.apply(message(11));
    timeline.apply({ type: 'gap', room: 'lobby', from: 12, to: 14 });
    timeline.apply(message(13));
    same(timeline.gapsBetween(1, 90), [{ from: 12, to: 12 }, { from: 14, to: 14 }]);
    same(seqs(timeline), [11, 13]);
});

test('an entry of a kind we do not know counts, but shows nothing', () => {
    const timeline = new Timeline();
    timeline.apply(joined(1));
    timeline.apply(message(1));
    timeline.apply({ type: 'pinned', room: 'lobby', seq: 2 });
    same(timeline.position.after, 2);
    same(seqs(timeline), [1]);
});

test('a missing entry tears the timeline until it comes', () => {
    const timeline = new Timeline();
    timeline.apply(joined(4));
    timeline.apply(message(2));
    timeline.apply(message(4));
    same([timeline.torn, timeline.position.after], [true, 2]);
    timeline.apply(message(3));
    same([timeline.torn, timeline.position.after], [false, 4]);
});

test('a reset forgets everything', () => {
    const timeline = new Timeline();
    timeline.apply(joined(3));
    timeline.apply(message(3));
    timeline.apply({ type: 'reset', room: 'lobby', epoch: 'e-2', head: 1 });
    same([seqs(timeline), timeline.position], [[], null]);
    timeline.apply(joined(1, 'e-2'));
    timeline.apply(message(1, 'e-2'));
    same(timeline.entries.map((entry) => entry.text), ['e-2 1']);
});

test('a page of history belongs right before what we have, in the same log', () => {
    const timeline = new Timeline();
    timeline.apply(joined(50));
    timeline.apply(message(50));
    timeline.prepend({ epoch: 'e-1', entries: [message(40), message(41)] }, 42);
    timeline.prepend({ epoch: 'e-2', entries: [message(49)] }, 50);
    same([seqs(timeline), timeline.first], [[50], 50]);
    timeline.prepend({ epoch: 'e-1', entries: [message(48), message(49)] }, 50);
    same([seqs(timeline), timeline.first, timeline.complete], [[48, 49, 50], 48, false]);
    timeline.prepend({ epoch: 'e-1', entries: [] }, 48);
    same([timeline.complete, timeline.position.after], [true, 50]);
});

test('what was asked for of history is kept beyond the usual', () => {
    const timeline = new Timeline();
    const many = Array.from({ length: 8_000 }, (_, i) => message(i + 1));
    timeline.apply(joined(8_001));
    timeline.apply(message(8_001));
    timeline.prepend({ epoch: 'e-1', entries: many }, 8_001);
    timeline.apply(message(8_002));
    same([timeline.entries.length, timeline.complete], [8_002, true]);
});

test('a very long room keeps its latest thousands, and its place', () => {
    const timeline = new Timeline();
    timeline.apply(joined(1));
    for (let seq = 1; seq <= 12_000; seq++) timeline.apply(message(seq));
    same(timeline.position, { epoch: 'e-1', after: 12_000 });
    same(timeline.entries.length >= 5_000 && timeline.entries.length <= 5_500, true);
    same(timeline.apply(message(11_999)), false);
});

test('late, doubled and out of order, it holds what a plain list holds', () =>
    always(400, (random) => {
        const timeline = new Timeline();
        const head = 20 + random.below(60);
        const first = 1 + random.below(10);
        const gap = random.chance(0.6) && { type: 'gap', room: 'lobby', from: first + 3, to: first + 3 + random.below(8) };
        const events = [];
        for (let seq = first; seq <= head; seq++) {
            if (gap && seq >= gap.from && seq <= gap.to) continue;
            events.push(...Array(1 + random.below(3)).fill(message(seq)));
        }
        if (gap) events.push(gap, gap);
        timeline.apply(joined(head));
        timeline.apply(message(first));
        for (const event of random.shuffled(events)) timeline.apply(event);
        const plain = [...new Set(events.filter((event) => event.seq).map((event) => event.seq))].sort((a, b) => a - b);
        same(seqs(timeline), plain);
        same(timeline.position.after, head);
        same(timeline.gapsBetween(1, head), gap ? [{ from: gap.from, to: gap.to }] : []);
    }));
