import { onAction } from '../elements/actions.js';
import { element, navigation } from './app.js';

const narrow = matchMedia('(max-width: 52rem)');

/**
 * Starts the drawer, which the sidebar is on a small page: it lies over the room, until the user goes or looks
 * elsewhere.
 */
export function startDrawer() {
    const sidebar = element('warung-sidebar');
    onAction('drawer', () => turn(!isOpen()));
    navigation.on('moved', () => turn(false));
    narrow.addEventListener('change', () => turn(false));
    element('#room').addEventListener('click', ({ target }) => target.id === 'room' && turn(false));
    sidebar.addEventListener('keydown', pressed);
    sidebar.addEventListener(
        'focusout',
        ({ relatedTarget }) => relatedTarget && !sidebar.contains(relatedTarget) && turn(false),
    );
}

/** Closes the drawer on Escape, which then does nothing else. */
function pressed(event) {
    if (event.key !== 'Escape' || !isOpen()) return;
    event.stopPropagation();
    turn(false);
}

function isOpen() {
    return element('#room').classList.contains('drawer');
}

function turn(open) {
    if (open === isOpen()) return;
    const sidebar = element('warung-sidebar');
    const inside = sidebar.contains(document.activeElement);
    element('#room').classList.toggle('drawer', open);
    if (open) sidebar.focus();
    else if (inside) element('warung-room-header').focus();
}
