import { cameByKeys, forget, isCommand, isComposing, isText, letterOf } from '../../main/webapp/js/elements/intent.js';
import { RowKeys } from '../../main/webapp/js/elements/message-actions.js';
import { same, test } from './harness.js';

const atFirst = cameByKeys();

/** A timeline of three messages with a field below, all on the page, and what the rows want. */
function onAPage(act) {
    const [view, list, field, button] = ['div', 'ol', 'textarea', 'button'].map((tag) => document.createElement(tag));
    view.tabIndex = 0;
    for (let i = 0; i < 3; i++) {
        const row = document.createElement('li');
        row.className = 'message';
        row.tabIndex = -1;
        list.append(row);
    }
    view.append(list);
    document.body.append(view, field, button);
    const wanted = [];
    new RowKeys(view, list, (name, message, at) => wanted.push(at ?? name));
    try {
        forget();
        act({ view, rows: [...list.children], field, button, wanted });
    } finally {
        for (const node of [view, field, button]) node.remove();
    }
}

/** Presses a key where the focus is, and moves the focus to `then` as the browser does with a Tab. */
function press(key, { then, ...how } = {}) {
    const { activeElement } = document;
    activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }));
    then?.focus();
    activeElement.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
}

test('a page that opens at a message has not been led there by keys', () => same(atFirst, false));

test('a message that the address or a notice led to takes no letters, and takes them when the arrow keys have led to it', () =>
    onAPage(({ rows, wanted }) => {
        rows[1].focus();
        for (const key of ['r', 'e', 'l', 'Delete']) press(key);
        same(wanted, []);
        press('ArrowDown');
        for (const key of ['r', 'e', 'l', 'Delete']) press(key);
        same([document.activeElement === rows[2], wanted], [true, ['reply', 'edit', 'link', 'delete']]);
        forget();
        rows[1].focus();
        press('r');
        same(wanted.length, 4);
    }));

test('an arrow key leads also where there is no further message', () =>
    onAPage(({ rows, wanted }) => {
        rows[2].focus();
        press('ArrowDown');
        press('e');
        same(wanted, ['edit']);
    }));

test('keys that led nowhere make no letter a command', () => {
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'a']) {
        onAPage(({ rows, field, wanted }) => {
            field.focus();
            press(key);
            rows[1].focus();
            press('r');
            same([cameByKeys(), wanted], [false, []], key);
        });
    }
    for (const key of ['ArrowLeft', 'ArrowRight', 'Shift', 'PageUp', 'Home']) {
        onAPage(({ rows, wanted }) => {
            rows[1].focus();
            press(key);
            press('r');
            same(wanted, [], key);
        });
    }
});

test("a Tab leads, but with keys that make it the browser's, and but for fields", () => {
    const cases = [
        [{}, 'button', true],
        [{ shiftKey: true }, 'button', true],
        [{ ctrlKey: true }, 'button', false],
        [{ altKey: true }, 'button', false],
        [{ metaKey: true }, 'button', false],
        [{}, 'field', false],
    ];
    for (const [how, to, leads] of cases) {
        onAPage((page) => {
            press('Tab', { ...how, then: page[to] });
            same(cameByKeys(), leads, JSON.stringify([how, to]));
        });
    }
});

test("an arrow key with another extends a selection, or is the browser's, and leaves the focus where it is", () => {
    for (const how of [{ shiftKey: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
        for (const key of ['ArrowUp', 'ArrowDown']) {
            onAPage(({ rows, wanted }) => {
                rows[1].focus();
                press(key, how);
                press('r');
                same([document.activeElement === rows[1], wanted], [true, []], JSON.stringify([how, key]));
            });
        }
    }
});

test("a key is an input method's while it composes, or as its last one, and not after it", () =>
    onAPage(({ field }) => {
        const key = { isComposing: true, keyCode: 13 };
        const compose = (name) => field.dispatchEvent(new CompositionEvent(name, { bubbles: true }));
        same(isComposing(key), false, 'none has begun');
        for (const end of [() => compose('compositionend'), () => field.blur()]) {
            field.focus();
            compose('compositionstart');
            same([isComposing(key), isComposing({ isComposing: false, keyCode: 13 })], [true, false]);
            end();
            same([isComposing(key), isComposing({ isComposing: false, keyCode: 229 })], [false, true]);
        }
    }));

test('keys that write are told from keys that command, on each keyboard', () => {
    const [alt, ctrl, meta, shift] = ['altKey', 'ctrlKey', 'metaKey', 'shiftKey'].map((name) => ({ [name]: true }));
    const graph = { modifierAltGraph: true, ...alt, ...ctrl };
    const cases = [
        ['a', {}, true, true],
        ['字', {}, true, true],
        ['ArrowUp', {}, false, false],
        [' ', {}, false, false],
        ['å', alt, false, true],
        ['@', { ...alt, ...shift }, false, true],
        ['ArrowUp', alt, false, false],
        ['Dead', alt, true, true],
        ['å', { ...alt, ...ctrl }, false, false],
        ['å', { ...alt, ...meta }, false, false],
        ['@', graph, true, true],
        ['v', ctrl, true, true],
        ['V', meta, true, true],
        ['c', ctrl, false, false],
        ['Insert', shift, true, true],
        ['Insert', {}, false, false],
    ];
    for (const [key, how, elsewhere, onMac] of cases) {
        const event = new KeyboardEvent('keydown', { key, ...how });
        same(
            [false, true].map((mac) => isText(event, mac)),
            [elsewhere, onMac],
            JSON.stringify([key, how]),
        );
    }
});

test('a letter is known by its place on a layout without Latin letters, and by its name on others', () => {
    const cases = [
        ['k', 'KeyK', {}, 'k'],
        ['л', 'KeyK', {}, 'k'],
        ['Л', 'KeyK', { shiftKey: true }, 'K'],
        ['ك', 'KeyK', {}, 'k'],
        ['ㅏ', 'KeyK', {}, 'k'],
        ['כ', 'KeyF', {}, 'f'],
        ['k', 'KeyV', {}, 'k'], // Dvorak
        ['ı', 'KeyI', {}, 'ı'], // Turkish
        ['/', 'KeyQ', {}, '/'],
        ['.', 'Slash', {}, '.'],
        ['؟', 'Slash', { shiftKey: true }, '?'],
        ['ظ', 'Slash', {}, '/'],
        ['字', '', {}, '字'],
        ['Delete', 'Delete', {}, 'Delete'],
        ['Process', 'KeyK', {}, 'Process'],
    ];
    for (const [key, code, how, letter] of cases)
        same(letterOf(new KeyboardEvent('keydown', { key, code, ...how })), letter, `${key} ${code}`);
});

test('a command has Ctrl, or Cmd on a Mac, where Ctrl edits text', () => {
    const is = (how) => [false, true].map((mac) => isCommand(new KeyboardEvent('keydown', { key: 'k', ...how }), mac));
    same(
        [{}, { ctrlKey: true }, { metaKey: true }, { ctrlKey: true, metaKey: true }].map(is),
        [
            [false, false],
            [true, false],
            [false, true],
            [false, false],
        ],
    );
});
