/** True while Tab is pressed; with a modifier the key belongs to the browser or the system. */
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

/** Notes that keys have moved the focus to a message. */
export function lead() {
    led = true;
}

/** Notes that something else moves the focus from now on: a click, an address, a notification. */
export function forget() {
    led = false;
}

/**
 * True when keys moved the focus last: then a single letter may be a command. Otherwise it is the start of a word, even
 * if a script has moved the focus since.
 */
export function cameByKeys() {
    return led;
}

/**
 * True when the key belongs to an input method: Safari ends a composition before its last key arrives, as 229;
 * elsewhere `isComposing` may outlive the composition.
 */
export function isComposing(event) {
    return event.keyCode === 229 || (event.isComposing && composing);
}

/**
 * True when the key would insert something into a focused field: a character, a paste, or the start of a composition.
 * On a `mac`, Option makes characters; elsewhere, Alt makes browser commands.
 */
export function isText(event, mac) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (isComposing(event) || key === 'Dead') return true;
    if (event.getModifierState('AltGraph')) return isCharacter(key);
    if (ctrlKey || metaKey) return !altKey && key.toLowerCase() === 'v';
    if (altKey) return mac && isCharacter(key);
    return isCharacter(key) || (shiftKey && key === 'Insert');
}

/** True for a single character, except a space, which scrolls or presses a button. */
function isCharacter(key) {
    return key !== ' ' && [...key].length === 1;
}
