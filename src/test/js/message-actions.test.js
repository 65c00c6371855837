import { MessageActions } from '../../main/webapp/js/elements/message-actions.js';
import { same, test } from './harness.js';

/**
 * A message under a finger, on which one may do everything: `touch(name, x, y)` is one event of it, and `asked` what
 * was wanted of the message.
 */
function underAFinger(inner) {
    const [view, list, message] = ['div', 'ol', 'li'].map((tag) => document.createElement(tag));
    message.className = 'message';
    message.row = {};
    if (inner) message.append(inner);
    list.append(message);
    view.append(list);
    const asked = [];
    const actionsOf = () => ['reply'];
    new MessageActions({ actionsOf, dispatch: (name) => asked.push(name) }, view, list);
    const touch = (name, x, y, pointerType) =>
        (inner ?? message).dispatchEvent(
            new PointerEvent(name, { pointerType: pointerType ?? 'touch', isPrimary: true, bubbles: true, clientX: x ?? 0, clientY: y ?? 0 }),
        );
    return { message, asked, touch };
}

const pressed = () => new Promise((resolve) => setTimeout(resolve, 500));

test('a tap or a click does nothing to a message', async () => {
    for (const pointer of ['touch', 'mouse', 'pen']) {
        const { asked, touch } = underAFinger();
        touch('pointerdown', 0, 0, pointer);
        touch('pointerup', 0, 0, pointer);
        touch('click', 0, 0, pointer);
        await pressed();
        same(asked, [], pointer);
    }
});

test('a finger that stays opens the menu; one that scrolls, a mouse and a link do not', async () => {
    const cases = [
        [null, 'touch', [0, 0], ['menu']],
        [null, 'touch', [3, 4], ['menu']],
        [null, 'touch', [0, 30], []],
        [null, 'mouse', [0, 0], []],
        ['a', 'touch', [0, 0], []],
    ];
    const all = cases.map(([tag, pointer, [x, y]]) => {
        const finger = underAFinger(tag && document.createElement(tag));
        finger.touch('pointerdown', 0, 0, pointer);
        finger.touch('pointermove', x, y, pointer);
        return finger;
    });
    await pressed();
    all.forEach(({ asked }, i) => same(asked, cases[i].at(-1), JSON.stringify(cases[i])));
});

test('a swipe to the right answers; a short one, one to the left, one that scrolls and one in code do not', () => {
    for (const [moves, tag, wanted] of [
        [[[12, 1], [70, 5]], null, ['reply']],
        [[[12, 1], [40, 2]], null, []],
        [[[70, 2], [20, 2]], null, []],
        [[[-70, 0]], null, []],
        [[[2, 20], [80, 20]], null, []],
        [[[70, 0]], 'pre', []],
    ]) {
        const { message, asked, touch } = underAFinger(tag && document.createElement(tag));
        touch('pointerdown');
        for (const [x, y] of moves) touch('pointermove', x, y);
        touch('pointerup');
        same([asked, message.style.transform], [wanted, ''], JSON.stringify([moves, tag]));
    }
});

test('a swipe that the browser takes for itself answers nothing', () => {
    const { message, asked, touch } = underAFinger();
    touch('pointerdown');
    touch('pointermove', 70, 0);
    touch('pointercancel');
    touch('pointerup', 70, 0);
    same([asked, message.style.transform], [[], '']);
});

test('a name that is pressed, by click or key, is that of its person', () => {
    const asked = [];
    const [view, list, message] = ['div', 'ol', 'li'].map((tag) => document.createElement(tag));
    message.className = 'message';
    list.append(message);
    view.append(list);
    new MessageActions({ actionsOf: () => [], dispatch: (...action) => asked.push(action) }, view, list);
    const span = (data) => {
        const node = document.createElement('span');
        Object.assign(node.dataset, { do: 'person', ...data });
        message.append(node);
        return node;
    };
    const [author, called] = [span({}), span({ id: 'u-2', name: 'Budi' })];
    const key = (name, repeat) => new KeyboardEvent('keydown', { key: name, repeat, bubbles: true, cancelable: true });
    message.row = { entry: { from: { id: 'u-1', name: 'Ana' } } };
    author.click();
    called.dispatchEvent(key('Enter'));
    called.dispatchEvent(key('Enter', true));
    called.dispatchEvent(key('x'));
    same(
        asked.map(([name, { person }]) => [name, person]),
        [
            ['person', { id: 'u-1', name: 'Ana' }],
            ['person', { id: 'u-2', name: 'Budi' }],
        ],
    );
});
