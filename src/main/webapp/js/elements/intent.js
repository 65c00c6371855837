/** A Tab is on its way down; with other keys it is the browser's or the system's. */
let tabbing = false;
let led = false;
let composing = false;

const hear = (name, act) => addEventListener(name, act, { capture: true });

hear('pointerdown', forget);
hear('keydown', ({ key, ctrlKey, altKey, metaKey }) => (tabbing = key === 'Tab' && !ctrlKey && !altKey && !metaKey));
hear('keyup', () => (tabbing = false));
hear('focusin', ({ target }) => tabbing && !target.closest('input, textarea, select, dialog') && lead());
hear('compositionstart', () => (composing = true));
for (const name of ['compositionend', 'blur']) hear(name, () => (composing = false));

/** Keys have led the focus to a message. */
export function lead() {
    led = true;
}

/** Something else leads the focus from now on: a click, an address, a notice. */
export function forget() {
    led = false;
}

/**
 * True when the focus was last led by keys: then a bare letter may be a command. After anything else it is the
 * beginning of a word, also when a script has moved the focus since.
 */
export function cameByKeys() {
    return led;
}

/**
 * True when the key is an input method's: Safari ends a composition before its last key comes, as 229; elsewhere
 * `isComposing` may outlive the composition.
 */
export function isComposing(event) {
    return event.keyCode === 229 || (event.isComposing && composing);
}

/**
 * True when the key would put something into a field that has the focus: a character, a paste, or the beginning of a
 * composition. On a `mac` Option makes characters; elsewhere Alt makes commands of the browser's.
 */
export function isText(event, mac) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (isComposing(event) || key === 'Dead') return true;
    if (event.getModifierState('AltGraph')) return isCharacter(key);
    if (ctrlKey || metaKey) return !altKey && key.toLowerCase() === 'v';
    if (altKey) return mac && isCharacter(key);
    return isCharacter(key) || (shiftKey && key === 'Insert');
}

/** A space alone scrolls, or presses a button. */
function isCharacter(key) {
    return key !== ' ' && [...key].length === 1;
}
