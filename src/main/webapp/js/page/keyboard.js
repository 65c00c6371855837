import { neighbour } from '../model/room-list.js';
import { toEnd } from './conversation.js';
import { element, rooms, visit } from './parts.js';
import { search } from './searching.js';
import { openPlaces } from './sheets.js';

/** With Ctrl or Cmd, wherever one is. */
const COMMANDS = {
    k: () => openPlaces(),
    f: search,
};
/** With Alt, wherever one is. */
const STEPS = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
};
/** Where nobody is writing. */
const KEYS = {
    '?': () => element('warung-keys').open(),
    '/': () => element('warung-composer').focus(),
    Escape: leave,
};

/** The keys that work on the whole page. */
export function startKeyboard() {
    document.addEventListener('keydown', pressed);
}

function pressed(event) {
    if (event.isComposing || element('dialog[open]') || element('#room').hidden) return;
    const writing = event.target.closest?.('input, textarea, select');
    const command = event.ctrlKey || event.metaKey;
    const act = event.altKey ? STEPS[event.key] : command ? COMMANDS[event.key.toLowerCase()] : writing ? null : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
}

/** To the next room in the sidebar. */
function step(places) {
    const next = neighbour(rooms.list, visit.room, places);
    if (next) visit.go(next.name);
}

/** From wherever one was back to the latest, and to writing. */
function leave() {
    toEnd();
    element('warung-composer').focus();
}
