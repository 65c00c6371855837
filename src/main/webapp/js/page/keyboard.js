import { cameByKeys, isComposing, isText } from '../elements/intent.js';
import { neighbour } from '../model/room-list.js';
import { element, navigation, rooms } from './app.js';
import { toEnd } from './conversation.js';
import { openSwitcher, search } from './dialogs.js';

/** With Ctrl or Cmd, wherever one is. */
const COMMANDS = {
    k: () => openSwitcher(),
    f: search,
};
/** With Alt, wherever one is. */
const STEPS = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
};
/** Where nobody is writing, and keys have led there. */
const KEYS = {
    '?': () => element('warung-keys').open(),
    '/': () => element('warung-composer').focus(),
};

/** A Mac, or what has its keyboard. */
const MAC = /^(mac|ip)/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/**
 * The keys that work on the whole page: a few are commands, and whatever is typed where no field is goes into that of
 * the composer.
 */
export function startKeyboard() {
    document.addEventListener('keydown', pressed);
}

function pressed(event) {
    if (event.defaultPrevented || element('dialog[open]') || element('#room').hidden) return;
    const writing = event.target.closest?.('input, textarea, select');
    const act = isComposing(event) ? null : commandFor(event, writing);
    if (act) {
        event.preventDefault();
        act();
    } else if (!writing && isText(event, MAC)) {
        element('warung-composer').receive();
    }
}

function commandFor({ key, altKey, ctrlKey, metaKey }, writing) {
    if (altKey) return STEPS[key];
    if (ctrlKey || metaKey) return COMMANDS[key.toLowerCase()];
    if (writing) return null;
    return key === 'Escape' ? leave : cameByKeys() && KEYS[key];
}

/** To the next room in the sidebar. */
function step(places) {
    const next = neighbour(rooms.list, navigation.room, places);
    if (next) navigation.go(next.name);
}

/** From wherever one was back to the latest, and to writing. */
function leave() {
    toEnd();
    element('warung-composer').focus();
}
