import { client, element, identity, onWish, visit } from './parts.js';
import { openProfile } from './sheets.js';

/** Who one is: asked for at the first visit, changed in one's settings. */
export function startEntrance() {
    client.on('refused', refused);
    onWish('name', (name) => {
        client.rename(name);
        enter();
    });
    identity.onChange(() => {
        if (!element('warung-welcome').hidden && client.start()) enter();
    });
}

/** Comes in, or asks for a name first. */
export function comeIn() {
    if (client.start()) enter();
    else element('warung-welcome').open(visit.wanted);
}

function enter() {
    element('warung-welcome').hidden = true;
    element('#room').hidden = false;
    element('warung-composer').focus();
}

function refused() {
    const { token, name } = identity.load();
    if (token) return openProfile(name, true);
    element('#room').hidden = true;
    element('warung-welcome').open(visit.wanted, true);
}
