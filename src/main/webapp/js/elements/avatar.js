import { t } from '../i18n/i18n.js';
import { initialsOf, toneOf } from '../model/names.js';
import { hasNamesake, idPart, isGuest } from '../model/people.js';
import { h, svg } from './dom.js';

/** Returns a picture of a person, drawn from id and name: always the same, and not fetched from anywhere. */
export function avatar({ id, name }) {
    const letters = initialsOf(name);
    const tilt = toneOf(`${id}/tilt`) * 45;
    return svg(
        'svg',
        { viewBox: '0 0 40 40', class: `avatar tone-${toneOf(id)}`, 'aria-hidden': 'true', focusable: 'false' },
        svg('circle', { class: 'ground', cx: 20, cy: 20, r: 20 }),
        svg('path', { class: 'petal', d: 'M20 20C9 15 7 7 20 0c13 7 11 15 0 20z', transform: `rotate(${tilt} 20 20)` }),
        svg('path', {
            class: 'petal',
            d: 'M20 20C9 15 7 7 20 0c13 7 11 15 0 20z',
            transform: `rotate(${tilt + 180} 20 20)`,
        }),
        svg('text', { x: 20, y: 20, 'text-anchor': 'middle', 'dominant-baseline': 'central', text: letters }),
    );
}

/** Returns the picture of a person, with a dot on it if they are here. */
export function faceNode(person, here) {
    const dot = here ? h('i', { class: 'presence', 'aria-hidden': 'true' }) : null;
    return h('span', { class: 'face' }, avatar(person), dot);
}

/**
 * Returns the node of a person's name. It is marked if they are a guest where others sign in, and says a part of their
 * id, if there is another one of this name `among` others.
 */
export function nameNode(person, among = null) {
    const mark = isGuest(person) ? t('guest.mark') : null;
    const part = among && hasNamesake(person, among) ? idPart(person) : null;
    return h('bdi', { class: 'name', 'data-mark': mark, 'data-part': part, text: person.name });
}
