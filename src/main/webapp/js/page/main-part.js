import { dispatch } from '../elements/actions.js';
import { ComposerClosedElement } from '../elements/composer-closed.js';
import { RoomHeaderElement } from '../elements/room-header.js';
import { SidebarElement } from '../elements/sidebar.js';
import { TimelineElement } from '../elements/timeline.js';
import { ToastElement } from '../elements/toast.js';
import { TypingElement } from '../elements/typing.js';
import { undoableFor } from '../model/outbox.js';
import { startAccount } from './account.js';
import * as app from './app.js';
import { startReading } from './attention.js';
import { startBrowser } from './browser.js';
import { startCalendar } from './calendar.js';
import { startConversation } from './conversation.js';
import { startDrawer } from './drawer.js';
import { startFirstRoom } from './first-room.js';
import { startKeyboard } from './keyboard.js';
import { startLater } from './later.js';
import { startNotices } from './notices.js';
import { startShell } from './shell.js';
import { askToSignIn, enter, isAccepted } from './sign-in-page.js';
import { startSpeaking } from './speaking.js';

const { client, drafts, element, identity, navigation, outbox, settings, tabs, ways } = app;

/** How long a reloading page may take to come back. */
const RELOAD_MS = 3_000;

/**
 * Starts everything that is not needed to sign in or to write, when it is `settled` who comes in. What was written
 * before is sent; with a new token, only when the server has said that it is of the same user.
 */
export async function startMainPart(settled) {
    await settled;
    const living = await tabs.living();
    const gone = (tab) => !living.has(tab);
    const spared = new Map();
    const takeUp = async () => {
        await drafts.finishOthers(gone);
        return drafts.database.adopt((tab, item) => gone(tab) && !spares(item, spared));
    };
    const known = identity.load();
    const isKnown = isAccepted(known) && (known.token ?? known.name) != null;
    const kept = isKnown ? await takeUp() : [];
    defineElements();
    startAccount();
    startSigningIn();
    startShell();
    tellBlockedStorage();
    startConversation();
    startCalendar();
    startSpeaking();
    startReading(app);
    startLater();
    startDrawer();
    startNotices(app);
    startFirstRoom(app);
    startBrowser();
    startKeyboard();
    outbox.restore(kept);
    tabs.on('gone', (left) => setTimeout(inherit, RELOAD_MS, (tab) => tab === left));
    if (spared.size > 0) setTimeout(inherit, Math.max(...spared.values()), (_, { id }) => spared.has(id));
    if (!isKnown) {
        const stop = client.on('user', async ({ id: now }) => {
            stop();
            if (settings.owner === now) client.deliver(await takeUp());
        });
    }
    navigation.follow();
    if (known.way === 'oidc') await keepSignedIn();
    comeIn();
}

/** Has the provider renew the user's sign-in. */
async function keepSignedIn() {
    const { oidc } = await ways.get();
    if (!oidc) return;
    const { keepOidc } = await import('./oidc.js');
    keepOidc(oidc, client);
}

/**
 * True for an item that its page may still offer to undo, if it is unknown whether that page lives; then it is `spared`
 * for that time.
 */
function spares(item, spared) {
    const ms = tabs.knows ? 0 : undoableFor(item, Date.now());
    if (ms > 0) spared.set(item.id, ms);
    return ms > 0;
}

/** Sends the unsent items of closed pages that match `gone(tab, item)`. */
async function inherit(gone) {
    const items = await drafts.database.adopt(gone);
    if (items.length > 0) client.deliver(items);
}

/** Starts signing in under the user's name; it may change, also in another tab, and the server may refuse it. */
function startSigningIn() {
    client.on('refused', refused);
}

/** What the browser does not keep is lost when the page closes: the user is told. */
async function tellBlockedStorage() {
    if (!settings.works || !(await drafts.database.opens())) element('warung-status').add({ code: 'storage' });
}

/** Connects, if there is a name or a token. Whom the server does not know yet waits for its answer. */
function comeIn() {
    if (client.start() && isAccepted(identity.load())) enter();
}

function refused() {
    const { token, name } = identity.load();
    if (token) dispatch(document.body, 'profile', name);
    else askToSignIn('welcome.refused');
}

/** Defines the page's own elements that are not needed to sign in or to write. */
function defineElements() {
    customElements.define('warung-room-header', RoomHeaderElement);
    customElements.define('warung-composer-closed', ComposerClosedElement);
    customElements.define('warung-sidebar', SidebarElement);
    customElements.define('warung-timeline', TimelineElement);
    customElements.define('warung-toast', ToastElement);
    customElements.define('warung-typing', TypingElement);
}
