import { toEnd } from './conversation.js';
import { element, settings } from './parts.js';
import { search } from './searching.js';

/** With Ctrl or Cmd, wherever one is. */
const COMMANDS = {
    k: () => element('warung-places').show(settings.places),
    f: search,
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
    const act = event.altKey ? null : command ? COMMANDS[event.key.toLowerCase()] : writing ? null : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
}

/** From wherever one was back to the latest, and to writing. */
function leave() {
    toEnd();
    element('warung-composer').focus();
}
