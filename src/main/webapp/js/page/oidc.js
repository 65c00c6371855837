import { OidcFault, OidcFlow } from '../net/oidc.js';
import { OidcStore } from '../store/oidc-store.js';
import { identity, scope } from './environment.js';

/** How the identity says that its token comes from the provider. */
const WAY = 'oidc';
/** The close code for a sign-in that has ended by itself. */
const EXPIRED = 4501;
const RETRY_MS = 5_000;
/** How long this tab waits to see what another one has stored. */
const LATE_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const store = () => new OidcStore(scope);
const redirectUri = () => new URL('.', location.href).href;
const flowOf = (way) => new OidcFlow(way, redirectUri());

/**
 * Goes to the provider; resolves when the browser is about to leave. In all functions `way` is `oidc` in the answer of
 * `GET api/sign-in`; what they throw is an `OidcFault`, whose `code` has a text, `oidc.<code>`.
 */
export async function startOidc(way) {
    const { url, attempt } = await flowOf(way).begin();
    try {
        store().begin({ ...attempt, hash: location.hash });
    } catch (fault) {
        throw new OidcFault('storage', fault);
    }
    location.assign(url);
}

/**
 * Turns the provider's answer, from `takeOidcAnswer`, into a token, which the identity keeps from then on: resolves
 * when that is done. An answer to no attempt of this browser changes nothing for a user who is signed in so.
 */
export async function finishOidc(way, { query, attempt }) {
    if (attempt == null) {
        if (store().tokens) return;
        throw new OidcFault('state');
    }
    keep(await flowOf(way).finish(query, attempt));
}

/** Signs out at the provider too, after signing out here: leaves the page, or resolves with false if that cannot be. */
export async function endOidc(way) {
    const { tokens, lastIdToken } = store();
    const idToken = tokens?.idToken ?? lastIdToken;
    const address = idToken && flowOf(way).endAddress(idToken);
    forgetOidc();
    if (!address) return false;
    location.assign(address);
    return true;
}

/** Forgets the tokens, in all tabs. */
export function forgetOidc() {
    store().tokens = null;
    store().lastIdToken = null;
    if (identity.load().way === WAY) identity.save({ token: null, way: null });
}

/**
 * Has the identity hold a good token, if a refresh token allows it: of all tabs, one asks the provider, and the others
 * take what it gets. Resolves with true when the token is good for some time, with false when the user has to sign in
 * again. Throws while the provider cannot be reached.
 */
export async function refreshOidc(way) {
    if (isFresh()) return take();
    // A refresh token may be good once only, so that two tabs must not use it. Where there are no locks, none does.
    const { locks } = navigator;
    return locks ? locks.request(`warung:${scope}:oidc`, () => refreshAlone(way)) : false;
}

async function refreshAlone(way) {
    if (isFresh()) return take();
    const { tokens } = store();
    if (!tokens?.refreshToken) return false;
    const giveBack = await useUp(tokens.refreshToken);
    if (!giveBack) return takeLate();
    try {
        const fresh = await flowOf(way).refresh(tokens);
        if (store().tokens?.subject !== tokens.subject) return false; // signed out meanwhile
        if (fresh.token) return keep(fresh);
    } catch (fault) {
        if (fault.code === 'unreachable') {
            giveBack();
            throw fault;
        }
        console.warn('The provider renews the sign-in no longer.', fault);
    }
    if (store().tokens) store().tokens = { ...tokens, refreshToken: null };
    return false;
}

/**
 * Marks a refresh token as used, for all tabs, until this page closes. Locks are common to all tabs at once; what one
 * has stored, another may see later. Resolves with what takes the mark back, or with null when another tab has used it.
 */
function useUp(refreshToken) {
    return new Promise((resolve) => {
        const marked = (lock) => lock && new Promise((giveBack) => resolve(giveBack));
        navigator.locks
            .request(`warung:${scope}:oidc:used:${refreshToken}`, { ifAvailable: true }, marked)
            .then(() => resolve(null));
    });
}

/** Another tab has refreshed the tokens, but this one does not see them yet. */
async function takeLate() {
    await store().changed(LATE_MS);
    if (isFresh()) return take();
    throw new OidcFault('unreachable');
}

/**
 * Refreshes the token in time as long as the page lives, and has `client` use it over the open connection, also when
 * another tab has refreshed it. What is long due, because the machine slept, happens as soon as it wakes. To be called
 * once, before the client starts.
 */
export function keepOidc(way, client) {
    let timer = null;

    function plan(ms) {
        clearTimeout(timer);
        timer = setTimeout(refresh, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    }

    function planned() {
        const { tokens } = store();
        if (tokens) store().lastIdToken = tokens.idToken;
        if (tokens?.refreshToken) plan(tokens.refreshAt - Date.now());
    }

    async function refresh() {
        try {
            if (!(await refreshOidc(way))) return;
        } catch {
            return plan(RETRY_MS);
        }
        client.renew();
        if (client.status.code === EXPIRED) client.start();
        planned();
    }

    client.refreshWith(() => refreshOidc(way));
    client.on('status', ({ phase, code }) => phase === 'stopped' && code === EXPIRED && refresh());
    store().onChange(refresh);
    for (const name of ['online', 'pageshow', 'focus']) addEventListener(name, planned);
    document.addEventListener('visibilitychange', planned);
    planned();
}

function isFresh() {
    const { tokens } = store();
    return tokens?.token != null && Date.now() < tokens.refreshAt;
}

/** Another tab has the token already. */
function take() {
    const { token } = store().tokens;
    if (identity.load().token !== token) identity.save({ token, way: WAY });
    return true;
}

/** Somebody else than before has another name, and has read nothing here yet. */
function keep(tokens) {
    const { subject, token, name } = tokens;
    const known = store().tokens?.subject === subject;
    try {
        store().tokens = tokens;
    } catch (fault) {
        throw new OidcFault('storage', fault);
    }
    identity.save({ ...(!known && { id: null, reads: null, name: name ?? subject }), token, way: WAY });
    return true;
}
