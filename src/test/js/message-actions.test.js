import { MessageActions } from '../../main/webapp/js/elements/message-actions.js';
import { same, test } from './harness.js';

/**
 * Presses and clicks one message with what points as `pressed`; the click says `clicked`, when that browser says
 * anything. Returns what was wanted.
 */
function clickWith(pressed, clicked) {
    const [view, list, message] = ['div', 'ol', 'li'].map((tag) => document.createElement(tag));
    message.className = 'message';
    message.row = {};
    list.append(message);
    view.append(list);
    const asked = [];
    new MessageActions({ actionsOf: () => [], dispatch: (name) => asked.push(name) }, view, list);
    message.dispatchEvent(new PointerEvent('pointerdown', { pointerType: pressed, bubbles: true }));
    const Click = clicked == null ? MouseEvent : PointerEvent;
    message.dispatchEvent(new Click('click', { pointerType: clicked, bubbles: true }));
    return asked;
}

test('a tap opens the menu, also where the click does not say what it was made with; a click does not', () => {
    for (const said of [true, false]) {
        for (const [pointer, wanted] of [
            ['touch', ['menu']],
            ['mouse', []],
            ['pen', []],
        ]) {
            same(clickWith(pointer, said ? pointer : undefined), wanted, `${pointer} ${said}`);
        }
    }
    same(clickWith('touch', 'mouse'), [], 'what the click says counts');
});
