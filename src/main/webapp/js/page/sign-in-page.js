import { onAction } from '../elements/actions.js';
import { element, identity, settings } from './environment.js';
import { roomWanted } from './navigation.js';

/**
 * Starts the sign-in page: it asks for a name at the first visit, and keeps it at once. Then the room is shown, though
 * it is still loading.
 */
export function startSignInPage() {
    onAction('name', (name) => {
        if (identity.load().token == null) identity.save({ name });
        enter();
    });
    if (identity.load().name == null) askForName();
    else enter();
}

/** Asks for a name; `refused` when the previous one was not accepted. */
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
