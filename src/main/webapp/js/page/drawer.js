import { element, onWish, visit } from './parts.js';

const narrow = matchMedia('(max-width: 52rem)');

/** On a small page the sidebar is a drawer: it lies over the room, which cannot be reached meanwhile. */
export function startDrawer() {
    onWish('drawer', () => turn(!isOpen()));
    visit.on('moved', () => turn(false));
    narrow.addEventListener('change', () => turn(false));
    element('#room').addEventListener('click', ({ target }) => target.id === 'room' && turn(false));
    document.addEventListener('keydown', (event) => event.key === 'Escape' && !element('dialog[open]') && turn(false));
}

function isOpen() {
    return element('#room').classList.contains('drawer');
}

function turn(open) {
    if (open === isOpen()) return;
    element('#room').classList.toggle('drawer', open);
    for (const part of document.querySelectorAll('#room > header, #room > main')) part.inert = open;
    if (open) element('warung-sidebar').focus();
    else element('warung-bar').focus();
}
