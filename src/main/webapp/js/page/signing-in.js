import { askForName, enter } from './entrance.js';
import { client, element, identity, onWish } from './parts.js';
import { openProfile } from './sheets.js';

/** Comes in under the name one has; it may be changed, also in another tab, and the server may refuse it. */
export function startSigningIn() {
    client.on('refused', refused);
    onWish('name', (name) => client.rename(name));
    identity.onChange(() => !element('warung-welcome').hidden && identity.load().token && comeIn());
}

/** Connects, when there is a name. */
export function comeIn() {
    if (client.start()) enter();
}

function refused() {
    const { token, name } = identity.load();
    if (token) openProfile(name, true);
    else askForName(true);
}
