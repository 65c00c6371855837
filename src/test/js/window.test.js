import { Timeline } from '../../main/webapp/js/model/timeline.js';
import { Window } from '../../main/webapp/js/model/window.js';
import { always, holds, same, test } from './harness.js';

function room(entries) {
    const timeline = new Timeline();
    timeline.apply({ type: 'joined', epoch: 'e-1', head: 0 });
    const say = () => timeline.apply({ type: 'message', seq: timeline.head + 1, at: '', from: {}, text: '' });
    for (let i = 0; i < entries; i++) say();
    return { timeline, say };
}

const ends = (slice) => [slice[0]?.seq, slice.at(-1)?.seq];

test('it follows the end', () => {
    const { timeline, say } = room(1_000);
    const shown = new Window();
    same(ends(shown.slice(timeline)), [851, 1_000]);
    say();
    same(ends(shown.slice(timeline)), [852, 1_001]);
});

test('at rest it stays where the reader is, and goes back to the end when asked', () => {
    const { timeline, say } = room(1_000);
    const shown = new Window();
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
    const shown = new Window();
    shown.slice(timeline);
    shown.rest();
    while (shown.earlier(timeline)) shown.slice(timeline);
    same(shown.slice(timeline)[0].seq, 1);
    while (shown.later(timeline)) shown.slice(timeline);
    same([shown.slice(timeline).at(-1).seq, shown.endsAt(timeline)], [1_000, true]);
});

test('however it is moved, it shows a piece of the room without holes, and never too much', () =>
    always(200, (random) => {
        const { timeline, say } = room(random.below(900));
        const shown = new Window();
        for (let step = 0; step < 60; step++) {
            random.pick([() => shown.earlier(timeline), () => shown.later(timeline), () => shown.rest(), () => random.chance(0.1) && shown.follow(), say])();
            const slice = shown.slice(timeline);
            holds(slice.length <= 280, `${slice.length} entries`);
            holds(slice.every((entry, i) => i === 0 || entry.seq === slice[i - 1].seq + 1), 'a hole');
            holds(slice.length > 0 || timeline.entries.length === 0, 'nothing is shown');
            if (shown.following && slice.length) same(slice.at(-1).seq, timeline.head);
        }
    }));
