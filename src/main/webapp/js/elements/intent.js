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

/** True on a Mac, or a device with its keyboard. */
export const MAC = /^(mac|ip)/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/** The name of the key of commands. */
export const COMMAND_KEY = MAC ? '⌘' : 'Ctrl';

/** True where the main pointer is a finger, and so the keyboard is on the screen. */
export function isTouch() {
    return matchMedia('(pointer: coarse)').matches;
}

/** True when the key is pressed with the key of commands; on a `mac`, Ctrl edits text. */
export function isCommand({ ctrlKey, metaKey }, mac) {
    return mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
}

/** Returns the event's key; on a layout without Latin letters, the letter that is at its place on others. */
export function letterOf({ key, code, shiftKey }) {
    if ([...key].length > 1 || /[\p{ASCII}\p{Script=Latin}]/u.test(key)) return key;
    if (code === 'Slash') return shiftKey ? '?' : '/';
    const place = /^Key([A-Z])$/.exec(code)?.[1] ?? key;
    return shiftKey ? place : place.toLowerCase();
}

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
    const letter = letterOf(event);
    if (isComposing(event) || key === 'Dead') return true;
    if (event.getModifierState('AltGraph')) return isCharacter(key);
    if (ctrlKey || metaKey) return !altKey && letter.toLowerCase() === 'v';
    if (altKey) return mac && isCharacter(key);
    return isCharacter(key) || (shiftKey && key === 'Insert');
}

/** True for a single character, except a space, which scrolls or presses a button. */
function isCharacter(key) {
    return key !== ' ' && [...key].length === 1;
}
