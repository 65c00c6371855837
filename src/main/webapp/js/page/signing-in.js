import { askForName, enter, nameSaid } from './entrance.js';
import { client, element, identity, onWish } from './parts.js';
import { openProfile } from './sheets.js';

/** Comes in under the name one has; it may be changed, also in another tab, and the server may refuse it. */
export function startSigningIn() {
    client.on('refused', refused);
    onWish('name', (name) => client.rename(name));
    identity.onChange(() => !element('warung-welcome').hidden && start());
}

/** Connects, when there is a name; it may have been said before there was anybody to hear it. */
export function comeIn() {
    if (nameSaid) client.rename(nameSaid);
    else start();
}

function start() {
    if (client.start()) enter();
}

function refused() {
    const { token, name } = identity.load();
    if (token) openProfile(name, true);
    else askForName(true);
}
