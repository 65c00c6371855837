import { client, element, identity, onAction } from './app.js';
import { openProfile } from './dialogs.js';
import { askForName, enter } from './sign-in-page.js';

/** Comes in under the name one has; it may be changed, also in another tab, and the server may refuse it. */
export function startSigningIn() {
    client.on('refused', refused);
    onAction('name', (name) => client.rename(name));
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
