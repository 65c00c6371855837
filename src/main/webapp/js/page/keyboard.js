import { dispatch } from '../elements/actions.js';
import { cameByKeys, isCommand, isComposing, isText, letterOf, MAC } from '../elements/intent.js';
import { neighbour, nextUnread } from '../model/room-list.js';
import { element, navigation, rooms, settings } from './app.js';
import { toEnd } from './conversation.js';

/** The keys with Ctrl, or Cmd on a Mac, anywhere. */
const COMMANDS = {
    k: () => act('switcher'),
    f: () => act('search'),
};
/** The keys with Alt, anywhere. */
const STEPS = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
};
/** The keys outside fields, where keys have moved the focus. */
const KEYS = {
    '?': () => act('keys'),
    '/': () => element('warung-composer').focus(),
};

/** The dialogs that lead elsewhere, and have nothing to lose: from one of them the keys lead to the other. */
const CHOICES = 'warung-search, warung-switcher, warung-directory, warung-activity';

function act(name) {
    dispatch(document.body, name);
}

/** Starts the keys of the whole page: a few are commands, and text typed outside fields goes into the composer. */
export function startKeyboard() {
    document.addEventListener('keydown', pressed);
}

function pressed(event) {
    const dialog = element('dialog[open]');
    if (event.defaultPrevented || element('#room').hidden || (dialog && !dialog.closest(CHOICES))) return;
    const writing = dialog ?? event.target.closest?.('input, textarea, select');
    const act = isComposing(event) || (dialog && event.altKey) ? null : commandFor(event, writing);
    if (act) {
        event.preventDefault();
        dialog?.close();
        act();
    } else if (!writing && isText(event, MAC)) {
        element('warung-composer').receive();
    }
}

function commandFor(event, writing) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey) return shiftKey && key === 'ArrowDown' ? goToUnread : STEPS[key];
    if (isCommand(event, MAC)) return COMMANDS[letterOf(event).toLowerCase()];
    if (ctrlKey || metaKey || writing) return null;
    return key === 'Escape' ? leave : cameByKeys() && KEYS[letterOf(event)];
}

/** Goes to the next room in the sidebar. */
function step(places) {
    const next = neighbour(rooms.list, navigation.room, places);
    if (next) navigation.go(next.name);
}

/** Goes to the next room in the sidebar with unread messages. */
function goToUnread() {
    const next = nextUnread(rooms.list, navigation.room, settings.muted);
    if (next) navigation.go(next.name);
}

/** Returns to the latest messages and the composer. */
function leave() {
    toEnd();
    element('warung-composer').focus();
}
