import { onAction } from '../elements/actions.js';
import { timeText } from '../i18n/dates.js';
import { isGuest } from '../model/people.js';
import { REVOKED, SIGN_IN_FIRST, SIGNED_OUT, TOKEN_EXPIRED } from '../model/reconnect.js';
import { client, drafts, element, identity, settings, tabs, ways } from './app.js';
import { askToSignIn, enter } from './sign-in-page.js';

/** How long before its end the user is told that a sign-in ends; one that may be renewed by itself, later. */
const WARN_MS = 5 * 60_000;
const WARN_LATE_MS = 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const ENDS = new Set([SIGNED_OUT, REVOKED]);

/** Why the page began anew: somebody else has come in, in another tab. */
const OTHER = 'other';

/**
 * Starts what concerns the user's sign-in: its beginning and its end, here, in another tab or on the server, and the
 * warning before its end.
 */
export function startAccount() {
    /** The token of this page, and by which way it came: another tab may forget both before this one does. */
    let { token: own, way: ownWay } = identity.load();
    let leaving = false;
    /** The first of several signs that the user has left counts: the next one must not stop the browser on its way. */
    let isOver = false;
    const ended = (reason) => {
        if (isOver) return;
        isOver = true;
        end(reason, { way: ownWay, leaving });
    };
    /** True when another tab of this browser signs out: otherwise that has happened on another device. */
    let leftHere = false;
    let warned = { of: null, timer: null };

    client.on('user', async (user) => {
        if (settings.isOfOther(user.id)) return startAnew(user.id);
        settings.owner = user.id;
        showWays();
        if (element('#room').hidden) await drafts.refresh(); // of somebody before, another tab has forgotten it
        enter();
        if (settings.takeEnded() === OTHER) element('warung-status').add({ code: OTHER, name: user.name });
    });
    client.on('status', ({ phase, code }) => {
        if (phase !== 'stopped') return;
        if (ENDS.has(code)) ended(leaving || leftHere ? 'signed-out' : 'revoked');
        if (code !== TOKEN_EXPIRED && code !== SIGN_IN_FIRST) return;
        element('warung-status').drop('expiring');
        if (client.user == null || code === SIGN_IN_FIRST)
            askToSignIn(code === TOKEN_EXPIRED ? 'expired' : 'unknown');
    });
    client.on('notice', ({ code }) => code === 'already-signed-in' && location.reload());
    client.on('signed-in', ({ expiresAt }) => {
        const { token, way } = identity.load();
        own = token;
        ownWay = way;
        if (expiresAt === warned.of) return;
        element('warung-status').drop('expiring');
        clearTimeout(warned.timer);
        warned = { of: expiresAt, timer: warnOf(expiresAt, way) };
    });
    identity.onChange(() => {
        const { token, name, id } = identity.load();
        const isNew = token != null && token !== own;
        if (!element('warung-welcome').hidden) return isNew && (own != null ? location.reload() : client.start());
        const { user } = client;
        if (token == null && name == null && id == null) ended('signed-out');
        else if (user && id !== user.id && !(isGuest(user) && isGuest({ id }))) becomeOther();
        else if (client.status.code === TOKEN_EXPIRED && isNew) client.connection.open();
    });
    onAction('name', (name) => (element('warung-welcome').hidden ? client.rename(name) : comeAsGuest(name)));
    tabs.on('leaving', () => (leftHere = true));
    onAction('sign-out', async (options) => {
        leaving = true;
        tabs.tell('leaving');
        try {
            await client.signOut(options);
        } catch (fault) {
            // The server is not told, but nobody has the token any more.
            if (!options?.everywhere) return ended('signed-out');
            leaving = false;
            element('warung-profile').fault = fault;
        }
    });
    showWays();
}

/** Where nobody can sign in, all are guests, and no mark says so. */
async function showWays() {
    const known = await ways.get();
    document.documentElement.classList.toggle('marks-guests', known.others);
    const guest = isGuest(client.user ?? identity.load());
    element('warung-composer-closed').ways = { guest, others: guest && known.others, leads: guest && known.leads };
    element('warung-status').leads = known.leads || !known.others;
}

/** Plans the warning; what an application or a provider gives for a short time is renewed by them. */
function warnOf(expiresAt, way) {
    const lead = way === 'here' ? WARN_MS : WARN_LATE_MS;
    const ms = Date.parse(expiresAt) - Date.now();
    const wanted = (way === 'here' || ms > 2 * lead) && ms < LONGEST_TIMER_MS;
    return wanted ? setTimeout(warn, ms - lead, expiresAt) : null;
}

function warn(expiresAt) {
    element('warung-status').add({ code: 'expiring', time: timeText(expiresAt), signIn: true });
}

/**
 * The user has left: nothing of theirs stays in this browser, and the page begins anew. If somebody else has come in
 * meanwhile, what is theirs stays. `way` is by which the user had come in; `leaving` when they have asked to leave
 * here: then they leave the provider as well.
 */
async function end(reason, { way, leaving }) {
    element('#room').hidden = true;
    client.stop();
    history.replaceState(null, '', location.pathname); // at once: what another tab does may load this page anew
    const { id, token } = identity.load();
    const isOwn = token == null || id === (client.user?.id ?? null);
    if (isOwn) {
        identity.forget();
        settings.forgetUser(true);
        await drafts.forget();
    }
    settings.ended = reason;
    if (isOwn && way === 'oidc' && (await leaveProvider(leaving))) return;
    location.reload();
}

/** A user whose sign-in has ended, or somebody else, comes in as a guest instead. */
async function comeAsGuest(name) {
    await drafts.forget();
    settings.forgetUser();
    identity.forget();
    identity.save({ name });
    location.reload();
}

/** Forgets the provider's tokens; true when the browser goes there, to sign out. */
async function leaveProvider(leaving) {
    const { endOidc, forgetOidc } = await import('./oidc.js');
    const { oidc } = await ways.get();
    if (leaving && oidc) return endOidc(oidc);
    forgetOidc();
    return false;
}

/** In another tab, somebody else has come in: the page begins anew as theirs, without what was being written. */
function becomeOther() {
    element('#room').hidden = true;
    client.stop();
    drafts.leaveNothing();
    settings.ended = OTHER;
    location.reload();
}

/** Another user has come in: what the former has left here is forgotten, before they see any of it. */
async function startAnew(id) {
    element('#room').hidden = true;
    client.stop();
    await drafts.forget(); // until then, everything here is of the former: another tab relies on that
    settings.forgetUser();
    settings.owner = id;
    location.reload();
}
