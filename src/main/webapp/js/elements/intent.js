const LEADING = new Set(['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

let led = true;

addEventListener('pointerdown', () => (led = false), { capture: true });
addEventListener('keydown', ({ key }) => LEADING.has(key) && (led = true), { capture: true });

/**
 * True when the focus was last led by keys: then a bare letter may be a command. After a click it is the beginning of a word,
 * also when a script has moved the focus since.
 */
export function cameByKeys() {
    return led;
}

/** True when the key is an input method's: Safari ends a composition before its last key comes, as 229. */
export function isComposing({ isComposing: composing, keyCode }) {
    return composing || keyCode === 229;
}
