import { dispatch, onAction } from '../elements/actions.js';
import { client, element } from './app.js';
import { fetched } from './loading.js';

/** The actions that open a dialog. */
const OPENERS = [
    'switcher',
    'directory',
    'write',
    'new-room',
    'room-settings',
    'people',
    'profile',
    'search',
    'keys',
    'menu',
    'activity',
    'pick',
    'person',
];

/** How soon a browser that does not say when it is idle loads what may be needed later. */
const IDLE_MS = 2_000;

/**
 * Has the dialogs load once the room is there and nothing else is to do, or as soon as one is to open: then what was
 * asked for is done when they are there.
 */
export function startLater() {
    const asked = [];
    const stops = OPENERS.map((name) => onAction(name, (payload) => ask(name, payload)));
    let coming = false;

    function ask(name, payload) {
        asked.push([name, payload]);
        addEventListener('keydown', hold, true);
        load();
    }

    async function load() {
        if (coming) return;
        coming = true;
        const [part] = await Promise.all([fetched('#dialogs', () => import('./dialogs.js')), styled()]);
        const wanted = asked.splice(0);
        if (part) begin(part, wanted);
        else if (wanted.length > 0) element('warung-toast').tell('unloaded');
        removeEventListener('keydown', hold, true);
        coming = part != null;
    }

    function begin({ startDialogs }, wanted) {
        stops.forEach((stop) => stop());
        startDialogs();
        for (const [name, payload] of wanted) dispatch(document.body, name, payload);
    }

    const stop = client.on('status', ({ phase }) => {
        if (phase !== 'live') return;
        stop();
        if (globalThis.requestIdleCallback) requestIdleCallback(load);
        else setTimeout(load, IDLE_MS);
    });
}

/** What is typed for a dialog that is still to come is for nobody else. */
function hold(event) {
    event.preventDefault();
    event.stopPropagation();
}

/** Loads the style sheet of the dialogs; resolves when it is there, or cannot be. */
function styled() {
    const place = element('#dialogs-style');
    const link = place.content.firstElementChild.cloneNode();
    return new Promise((resolve) => {
        link.addEventListener('load', resolve);
        link.addEventListener('error', resolve);
        place.before(link);
    });
}
