import { PACE_MS } from '../../main/webapp/js/elements/draw-schedule.js';
import { TimelineElement } from '../../main/webapp/js/elements/timeline.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { Room } from '../../main/webapp/js/model/room.js';
import { holds, same, test } from './harness.js';

const ME = { id: 'u-1', name: 'Ana' };
const OTHER = { id: 'u-2', name: 'Budi' };
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
/** Until all that has come is drawn, and the picture of it has been made, whole. */
async function picture() {
    const due = performance.now() + PACE_MS;
    do await frame();
    while (performance.now() < due);
    await frame();
}

const says = (room, n) =>
    room.apply(
        { type: 'message', room: room.name, seq: n, n, at: '2026-11-23T19:31:32.123Z', from: OTHER, text: `line ${n}` },
        ME.id,
    );

function roomOf(n) {
    const room = new Room('lobby');
    room.apply({ type: 'joined', room: room.name, epoch: 'e', head: n, n });
    for (let seq = 1; seq <= n; seq++) says(room, seq);
    return room;
}

/** A timeline of 40 messages on the page, whose reader sees the end; `comes()` is one more of somebody else. */
async function atTheEnd(act) {
    await speak('en');
    if (!customElements.get('tested-timeline'))
        customElements.define('tested-timeline', class extends TimelineElement {});
    const timeline = document.createElement('tested-timeline');
    document.body.append(timeline);
    const view = timeline.querySelector('.scroll');
    Object.assign(view.style, { height: '200px', overflow: 'auto', overflowAnchor: 'none' });
    let said = 40;
    const room = roomOf(said);
    const show = (other) => timeline.show({ room: other ?? room, pending: [], me: ME, newFrom: null });
    show();
    const comes = () => {
        says(room, ++said);
        timeline.arrived();
        show();
    };
    const jump = timeline.querySelector('.jump');
    const below = () => (jump.hidden ? null : jump.textContent);
    for (let i = 0; i < 3; i++) await picture();
    try {
        await act({ timeline, view, show, comes, below, room });
    } finally {
        timeline.remove();
    }
}

test('messages are new if the reader begins to scroll up in the same frame, before them or after them', async () => {
    for (const scrollsAfter of [0, 1, 2]) {
        await atTheEnd(async ({ view, comes, below }) => {
            same(below(), null);
            for (let i = 0; i < 2; i++) {
                if (i === scrollsAfter) view.scrollTop = 0;
                comes();
            }
            if (scrollsAfter === 2) view.scrollTop = 0;
            for (let i = 0; i < 2; i++) await picture();
            same(below(), '2 new messages', `scrolls after ${scrollsAfter}`);
            comes();
            await picture();
            same(below(), '3 new messages');
        });
    }
});

test('messages that come while the reader sees the end are not new when they scroll up later', () =>
    atTheEnd(async ({ view, comes, below }) => {
        comes();
        for (let i = 0; i < 2; i++) await picture();
        view.scrollTop = 0;
        for (let i = 0; i < 2; i++) await picture();
        same(below(), 'Jump to latest');
        comes();
        await picture();
        same(below(), '1 new message');
        view.scrollTop = view.scrollHeight;
        for (let i = 0; i < 2; i++) await picture();
        same(below(), null);
        view.scrollTop = 0;
        for (let i = 0; i < 2; i++) await picture();
        same(below(), 'Jump to latest');
    }));

test('a reader who jumps to the end is there, even if an earlier scroll is reported after that', () =>
    atTheEnd(async ({ timeline, view, comes }) => {
        view.scrollTop = 0;
        for (let i = 0; i < 2; i++) await picture();
        same(timeline.following, false);
        view.scrollTop = 40;
        timeline.toEnd();
        for (let i = 0; i < 3; i++) await picture();
        const ends = () => view.scrollHeight - view.scrollTop - view.clientHeight < 2;
        same([timeline.following, ends()], [true, true]);
        comes();
        for (let i = 0; i < 3; i++) await picture();
        same([timeline.following, ends()], [true, true], 'and stays there');
        view.scrollTop = 0;
        for (let i = 0; i < 2; i++) await picture();
        same(timeline.following, false, 'until they scroll');
    }));

test('a reader who goes to another room is at its end, even if an earlier scroll is reported after that', async () => {
    for (const messages of [20, 40, 80]) {
        await atTheEnd(async ({ timeline, view, show }) => {
            view.scrollTop = 40;
            show(roomOf(messages));
            for (let i = 0; i < 3; i++) await picture();
            same(
                [timeline.following, view.scrollHeight - view.scrollTop - view.clientHeight < 2],
                [true, true],
                `${messages} messages`,
            );
            view.scrollTop = 0;
            for (let i = 0; i < 2; i++) await picture();
            same(timeline.following, false, 'until they scroll');
        });
    }
});

test('a message that cannot go says that it waits, until it can', async () => {
    await atTheEnd(async ({ timeline }) => {
        const item = { id: 'i-1', type: 'post', room: 'lobby', text: 'kopi', at: '2026-11-23T19:32:32.123Z', state: 'waiting' };
        const room = roomOf(1);
        for (const stuck of [false, true, false]) {
            timeline.show({ room, pending: [item], me: ME, newFrom: null, stuck });
            await picture();
            same(timeline.querySelector('.wait span').textContent, stuck ? 'Waiting' : 'Sending…');
        }
    });
});

test('a message is drawn alone: the others keep their nodes, and the position is written once', () =>
    atTheEnd(async ({ view, comes }) => {
        for (let i = 0; i < 130; i++) comes();
        for (let i = 0; i < 3; i++) await picture();
        const changes = [];
        const watcher = new MutationObserver((records) => changes.push(...records));
        watcher.observe(view, { childList: true, subtree: true, attributes: true, characterData: true });
        const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop');
        let written = 0;
        Object.defineProperty(view, 'scrollTop', {
            configurable: true,
            get,
            set(value) {
                written++;
                set.call(this, value);
            },
        });
        for (let i = 1; i <= 5; i++) {
            comes();
            for (let j = 0; j < 2; j++) await picture();
            same([changes.flatMap(({ addedNodes }) => [...addedNodes]).length, changes.length, written], [i, i, i]);
        }
        watcher.disconnect();
        delete view.scrollTop;
        const ends = view.scrollHeight - view.scrollTop - view.clientHeight < 2;
        same([ends, view.querySelector('.rows').lastElementChild.textContent.includes('line 175')], [true, true]);
    }));

test('what others say in a flood is drawn at most every 60 ms; what one says oneself, and a single message, at once', () =>
    atTheEnd(async ({ timeline, view, show, comes, room }) => {
        let drawn = 0;
        const watcher = new MutationObserver(() => drawn++);
        watcher.observe(view.querySelector('.rows'), { childList: true });
        comes();
        await frame();
        same(drawn, 1, 'a single message waits for the next frame only');
        const begins = performance.now();
        while (drawn < 10) {
            comes();
            await frame();
        }
        holds(performance.now() - begins > 9 * PACE_MS - 5, `ten drawings in ${performance.now() - begins} ms`);
        comes();
        const item = { id: 'i-1', type: 'post', room: 'lobby', text: 'kopi', at: '2026-11-23T19:32:32.123Z', state: 'waiting' };
        timeline.show({ room, pending: [item], me: ME, newFrom: null });
        await frame();
        same(view.querySelectorAll('.waiting').length, 1, 'beside the flood');
        comes();
        timeline.show({ room, pending: [{ ...item, state: 'failed' }], me: ME, newFrom: null });
        await frame();
        same(view.querySelectorAll('.waiting').length, 0, 'it has failed');
        show();
        await frame();
        comes();
        room.timeline.wish({ seq: 40, emoji: '🍵', on: true, user: ME });
        show();
        await frame();
        same(view.querySelectorAll('.pill[aria-pressed=true]').length, 1, 'a reaction');
        watcher.disconnect();
    }));

test('a room is drawn at once, also after a flood in another', () =>
    atTheEnd(async ({ view, show, comes }) => {
        comes();
        await frame();
        comes();
        show(roomOf(7));
        await frame();
        same(view.querySelector('.rows').lastElementChild.textContent.includes('line 7'), true);
    }));

test('whoever goes to a message of a room not joined yet is at its end, if that is in view', () =>
    atTheEnd(async ({ timeline, show, below }) => {
        const room = new Room('yard');
        const said = roomOf(2).timeline.entries;
        show(room);
        timeline.goTo(2);
        await picture();
        room.timeline.take({ epoch: 'e', head: 2, entries: said }, { after: 0 });
        show(room);
        await picture();
        room.apply({ type: 'joined', room: room.name, epoch: 'e', head: 2, n: 2 });
        for (const n of [1, 2]) says(room, n);
        show(room);
        for (let i = 0; i < 3; i++) await picture();
        same([timeline.following, below()], [true, null]);
    }));

test('a reader who comes back to a room is where they left it; whoever left its end is at its end', () =>
    atTheEnd(async ({ timeline, view, show, comes }) => {
        const other = roomOf(60);
        view.scrollTop = 40;
        for (let i = 0; i < 2; i++) await picture();
        const first = () => {
            const { top } = view.getBoundingClientRect();
            const node = [...view.querySelectorAll('.message')].find((each) => each.getBoundingClientRect().bottom > top);
            return [node.querySelector('.text').textContent, Math.round(node.getBoundingClientRect().bottom - top)];
        };
        const before = first();
        show(other);
        for (let i = 0; i < 3; i++) await picture();
        same(timeline.following, true);
        comes();
        for (let i = 0; i < 3; i++) await picture();
        same([first(), timeline.following, timeline.resumed], [before, false, true]);
        show(other);
        for (let i = 0; i < 3; i++) await picture();
        same([timeline.following, view.scrollHeight - view.scrollTop - view.clientHeight < 2], [true, true]);
        timeline.toEnd();
    }));
