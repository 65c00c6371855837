import { onAction } from '../elements/actions.js';
import { element, identity, settings } from './environment.js';
import { roomWanted } from './navigation.js';

/**
 * Who one is: asked for at the first visit, and kept at once. Then one is in the room, though that is still on its way.
 */
export function startSignInPage() {
    onAction('name', (name) => {
        if (identity.load().token == null) identity.save({ name });
        enter();
    });
    if (identity.load().name == null) askForName();
    else enter();
}

/** Asks for a name; `refused` when the one before was none. */
export function askForName(refused = false) {
    element('#room').hidden = true;
    element('warung-welcome').open(roomWanted(settings.place), refused);
}

/** Shows the room. */
export function enter() {
    if (!element('#room').hidden) return;
    element('warung-welcome').hidden = true;
    element('#room').hidden = false;
    element('warung-composer').focus();
}
