import { onAction } from '../elements/actions.js';
import { client, drafts, element, identity, outbox, settings, ways } from './app.js';

/** Starts the user's own settings: what they say of the sign-in, and the list of sign-ins. */
export function startProfile() {
    onAction('profile', (refused) => openProfile(refused ?? client.user.name, refused != null));
    onAction('end-session', (id) => listSessions(() => client.endSession(id)));
    onAction('sign-in', () => element('warung-profile').close()); // what is said of it is not behind the dialog
    for (const name of ['notify', 'sound', 'quiet'])
        settings.onChange(name, () => (element('warung-profile').attention = settings));
}

/** Opens the settings; `refused` when the requested name was not accepted. */
function openProfile(name, refused) {
    const dialog = element('warung-profile');
    dialog.attention = settings;
    dialog.show(name, refused);
    showAccount();
}

/** Fills in what the settings say of the user's sign-in. */
async function showAccount() {
    const dialog = element('warung-profile');
    const account = { user: client.user ?? identity.load(), roles: client.grant.roles, ways: null, unsent };
    dialog.account = account;
    dialog.account = { ...account, ways: await ways.get() };
    listSessions(() => {});
}

async function unsent() {
    return (await drafts.database.unsent()) ?? outbox.rooms.flatMap((room) => outbox.of(room)).length;
}

/** Lists the user's sign-ins again, after `act()`. */
async function listSessions(act) {
    const dialog = element('warung-profile');
    try {
        await act();
        dialog.sessions = await client.sessions();
    } catch (fault) {
        console.warn('The sign-ins could not be listed.', fault);
        dialog.sessions = null;
    }
}
