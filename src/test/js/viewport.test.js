import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { Viewport } from '../../main/webapp/js/model/viewport.js';
import { always, holds, same, test } from './harness.js';

const message = (seq) => ({ type: 'message', seq, n: seq, at: '', from: {}, text: '' });

function room(entries) {
    const timeline = new Timeline();
    timeline.apply({ type: 'joined', epoch: 'e-1', head: 0 });
    const say = () => timeline.apply(message(timeline.head + 1));
    for (let i = 0; i < entries; i++) say();
    return { timeline, say };
}

/** A room of which the last 50 of 1000 entries are live, and `load(from, to)` reads a page. */
function longRoom() {
    const timeline = new Timeline();
    timeline.apply({ type: 'joined', epoch: 'e-1', head: 1_000 });
    for (let seq = 951; seq <= 1_000; seq++) timeline.apply(message(seq));
    const load = (from, to) =>
        timeline.take(
            { epoch: 'e-1', head: 1_000, entries: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)) },
            { after: from - 1 },
        );
    return { timeline, load };
}

const ends = (slice) => [slice[0]?.seq, slice.at(-1)?.seq];

test('it follows the end, and what is far above it goes several at a time', () => {
    const { timeline, say } = room(1_000);
    const shown = new Viewport();
    same(ends(shown.slice(timeline)), [851, 1_000]);
    for (let i = 1; i <= 70; i++) {
        say();
        same(ends(shown.slice(timeline)), [851, 1_000 + i]);
    }
    say();
    same(ends(shown.slice(timeline)), [922, 1_071]);
});

test('at rest it stays where the reader is, and goes back to the end when asked', () => {
    const { timeline, say } = room(1_000);
    const shown = new Viewport();
    shown.slice(timeline);
    shown.rest();
    for (let i = 0; i < 500; i++) {
        say();
        shown.slice(timeline);
    }
    same(ends(shown.slice(timeline)), [851, 1_130]);
    same(shown.endsAt(timeline), false);
    shown.follow();
    same(ends(shown.slice(timeline)), [1_351, 1_500]);
});

test('it can be moved to the first entry and back to the last, a step at a time', () => {
    const { timeline } = room(1_000);
    const shown = new Viewport();
    shown.slice(timeline);
    shown.rest();
    while (shown.earlier(timeline)) shown.slice(timeline);
    same(shown.slice(timeline)[0].seq, 1);
    while (shown.later(timeline)) shown.slice(timeline);
    same([shown.slice(timeline).at(-1).seq, shown.endsAt(timeline)], [1_000, true]);
});

test('it goes to a place far away, which has to be read first, and never shows across what is not loaded', () => {
    const { timeline, load } = longRoom();
    const shown = new Viewport();
    shown.slice(timeline);
    shown.goTo(500);
    same([shown.lost(timeline), shown.slice(timeline)], [500, []]);
    load(450, 549);
    same([shown.lost(timeline), ends(shown.slice(timeline)), shown.endsAt(timeline)], [null, [450, 549], false]);
    same([shown.earlier(timeline), shown.later(timeline), shown.range(timeline).ends], [false, false, false]);
    load(550, 649);
    same(ends(shown.slice(timeline)), [450, 649]);
    load(650, 950);
    same([ends(shown.slice(timeline)), shown.range(timeline).ends], [[450, 729], true]);
    while (shown.later(timeline)) shown.slice(timeline);
    same([shown.slice(timeline).at(-1).seq, shown.endsAt(timeline)], [1_000, true]);
});

test('it goes to a place that is here at once', () => {
    const { timeline } = room(1_000);
    const shown = new Viewport();
    shown.goTo(1);
    same(ends(shown.slice(timeline)), [1, 75]);
    shown.goTo(500);
    same(ends(shown.slice(timeline)), [425, 574]);
});

test('when its place is gone it says which that was', () => {
    const { timeline } = room(1_000);
    const shown = new Viewport();
    shown.slice(timeline);
    shown.rest();
    shown.earlier(timeline);
    timeline.apply({ type: 'gap', from: 1_001, to: 2_000 });
    same([shown.slice(timeline), shown.lost(timeline)], [[], 781]);
    shown.follow();
    same(shown.lost(timeline), null);
});

test('however it is moved, it shows a piece of the room without holes, and never too much', () =>
    always(200, (random) => {
        const { timeline, say } = room(random.below(900));
        const shown = new Viewport();
        const goTo = () => timeline.head > 0 && shown.goTo(1 + random.below(timeline.head));
        for (let step = 0; step < 60; step++) {
            random.pick([
                () => shown.earlier(timeline),
                () => shown.later(timeline),
                () => shown.rest(),
                () => random.chance(0.1) && shown.follow(),
                () => random.chance(0.1) && goTo(),
                say,
            ])();
            const slice = shown.slice(timeline);
            holds(slice.length <= 280, `${slice.length} entries`);
            holds(
                slice.every((entry, i) => i === 0 || entry.seq === slice[i - 1].seq + 1),
                'a hole',
            );
            holds(slice.length > 0 || timeline.entries.length === 0, 'nothing is shown');
            if (shown.following && slice.length) same(slice.at(-1).seq, timeline.head);
        }
    }));

test('a message that is known before its room is joined is not the end', () => {
    const timeline = new Timeline();
    const shown = new Viewport();
    shown.goTo(2);
    same(shown.endsAt(timeline), true);
    timeline.take({ epoch: 'e-1', head: 120, entries: [message(2)] }, { after: 1 });
    same([ends(shown.slice(timeline)), shown.endsAt(timeline)], [[2, 2], false]);
});
