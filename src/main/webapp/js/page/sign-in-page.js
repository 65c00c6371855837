import { onAction } from '../elements/actions.js';
import { element, focusField, identity, settings, ways } from './environment.js';
import { roomWanted } from './navigation.js';

/** How long the page waits to hear how one signs in, before it asks for a guest's name. */
const PATIENCE_MS = 1_500;
/** How often it looks whether the provider can be reached again. */
const AGAIN_MS = 10_000;

let offered = false;

/**
 * Starts the sign-in page. Whoever is known, by their token or by the name that they have chosen, is shown the room at
 * once, though it is still loading; a new token has to be accepted first, also one that another tab has brought. All
 * others are asked to sign in. Resolves when it is settled who comes in.
 */
export async function startSignInPage() {
    onAction('name', (name) => {
        const known = identity.load();
        // Whoever was signed in leaves that first: see account.
        if (known.token != null || known.was != null) return;
        identity.save({ name });
        enter();
    });
    onAction('sign-in', goSignIn);
    ways.get();
    const handed = tokenInAddress();
    const fault = handed || /[?&]state=/.test(location.search) ? await takeOver(handed) : null;
    const { token, name, id } = identity.load();
    if (token == null && name == null)
        return askToSignIn(fault ?? settings.takeEnded() ?? (id == null ? null : 'expired'));
    if (!isAccepted(identity.load())) return show(null, 'welcome.checking');
    enter();
    if (fault) tell(fault);
}

/**
 * Takes the token out of the address `#token=…&room=…`, at once, so that it stays neither in the address bar nor in the
 * history; null if there is none. The room may be left out.
 */
export function tokenInAddress() {
    if (!location.hash.startsWith('#token=')) return null;
    const given = new URLSearchParams(location.hash.slice(1));
    const room = given.get('room');
    history.replaceState(null, '', room ? `#${room}` : location.pathname + location.search);
    return given.get('token');
}

/** Whether the server need not first say whose the token is, before anything is shown that is kept in this browser. */
export function isAccepted({ token, id }) {
    return token == null || (id != null && !settings.isOfOther(id));
}

/** Takes over what the address has brought: a token, or the answer of a provider. */
async function takeOver(token) {
    show(null, 'welcome.checking');
    const { takeToken, takeProviderAnswer } = await import('./handed-over.js');
    return token ? takeToken(token) : takeProviderAnswer();
}

function show(known, told) {
    element('warung-welcome').open({ room: roomWanted(settings.place), ways: known, told });
}

/** Asks the user to sign in; `reason` says why: a key of `ended`, or of all texts. */
export async function askToSignIn(reason = null) {
    const told = reason?.includes('.') ? reason : reason && `ended.${reason}`;
    element('#room').hidden = true;
    if (element('warung-welcome').hidden) show(null, told);
    const waits = setTimeout(show, PATIENCE_MS, { guest: true }, told);
    const known = await ways.get();
    clearTimeout(waits);
    if (!element('#room').hidden) return;
    show(known, told);
    if (known.guest) offerRooms();
    if (known.oidc && !known.works) setTimeout(lookAgain, AGAIN_MS, reason);
}

/** Shows which rooms there are, once: that is not needed to sign in. */
async function offerRooms() {
    if (offered) return;
    offered = true;
    try {
        const { showOnSignInPage } = await import('./open-rooms.js');
        await showOnSignInPage();
    } catch (fault) {
        console.warn('The open rooms could not be shown.', fault);
    }
}

/** Shows the room. */
export function enter() {
    if (!element('#room').hidden) return;
    element('warung-welcome').hidden = true;
    element('#room').hidden = false;
    focusField();
}

async function lookAgain(reason) {
    if (element('warung-welcome').hidden) return;
    await ways.again();
    askToSignIn(reason);
}

/** Goes where the user signs in: by `way`, or by the one they have come by, as far as there is one. */
async function goSignIn(way) {
    const { oidc, here } = await ways.get();
    const chosen = way ?? (oidc && !(here && identity.load().way === 'here') ? 'oidc' : here ? 'here' : null);
    if (chosen === 'here') location.assign(`signin/${location.hash}`);
    else if (chosen !== 'oidc') tell('welcome.token');
    else {
        const { startOidc } = await import('./oidc.js');
        await startOidc((await ways.get()).oidc).catch(({ code }) => tell(`oidc.${code}`));
    }
}

/** Says the text `key` where the user is: in the room or at the sign-in. */
export function tell(key) {
    if (element('#room').hidden) askToSignIn(key);
    else element('warung-status').add({ key });
}
