import { onAction } from '../elements/actions.js';
import { element, navigation } from './app.js';

const narrow = matchMedia('(max-width: 52rem)');

/** On a small page the sidebar is a drawer: it lies over the room, until one goes somewhere or looks elsewhere. */
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

/** Escape has done its work when it has closed the drawer. */
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
