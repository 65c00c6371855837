import { onAction } from '../elements/actions.js';
import { ComposerClosedElement } from '../elements/composer-closed.js';
import { KeysElement } from '../elements/keys.js';
import { MenuElement } from '../elements/message-menu.js';
import { NewRoomElement } from '../elements/new-room.js';
import { PeopleElement } from '../elements/people.js';
import { ProfileElement } from '../elements/profile.js';
import { RoomHeaderElement } from '../elements/room-header.js';
import { RoomSettingsElement } from '../elements/room-settings.js';
import { SearchElement } from '../elements/search.js';
import { SidebarElement } from '../elements/sidebar.js';
import { SwitcherElement } from '../elements/switcher.js';
import { TimelineElement } from '../elements/timeline.js';
import { ToastElement } from '../elements/toast.js';
import { TypingElement } from '../elements/typing.js';
import { undoableFor } from '../model/outbox.js';
import * as app from './app.js';
import { startReading } from './attention.js';
import { startBrowser } from './browser.js';
import { startCalendar } from './calendar.js';
import { startConversation } from './conversation.js';
import { openProfile, startDialogs } from './dialogs.js';
import { startDrawer } from './drawer.js';
import { startKeyboard } from './keyboard.js';
import { startNotices } from './notices.js';
import { startShell } from './shell.js';
import { askForName, enter } from './sign-in-page.js';
import { startSpeaking } from './speaking.js';

const { client, drafts, element, identity, navigation, outbox, tabs } = app;

/** How long a reloading page may take to come back. */
const RELOAD_MS = 3_000;

/** Starts everything that is not needed to sign in or to write; resolves when the user has signed in. */
export async function startMainPart() {
    const living = await tabs.living();
    const gone = (tab) => !living.has(tab);
    await drafts.finishOthers(gone);
    const spared = new Map();
    const kept = await drafts.database.adopt((tab, item) => gone(tab) && !spares(item, spared));
    defineElements();
    startSigningIn();
    startShell();
    tellBlockedStorage();
    startConversation();
    startCalendar();
    startSpeaking();
    startReading(app);
    startDialogs();
    startDrawer();
    startNotices(app);
    startBrowser();
    startKeyboard();
    outbox.restore(kept);
    tabs.on('gone', (left) => setTimeout(inherit, RELOAD_MS, (tab) => tab === left));
    if (spared.size > 0) setTimeout(inherit, Math.max(...spared.values()), (_, { id }) => spared.has(id));
    navigation.follow();
    comeIn();
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
    onAction('name', (name) => client.rename(name));
    identity.onChange(() => !element('warung-welcome').hidden && identity.load().token && comeIn());
}

/** What the browser does not keep is lost when the page closes: the user is told. */
async function tellBlockedStorage() {
    if (!app.settings.works || !(await drafts.database.opens())) element('warung-status').add({ code: 'storage' });
}

/** Connects, if there is a name. */
function comeIn() {
    if (client.start()) enter();
}

function refused() {
    const { token, name } = identity.load();
    if (token) openProfile(name, true);
    else askForName(true);
}

/** Defines the page's own elements that are not needed to sign in or to write. */
function defineElements() {
    customElements.define('warung-room-settings', RoomSettingsElement);
    customElements.define('warung-room-header', RoomHeaderElement);
    customElements.define('warung-keys', KeysElement);
    customElements.define('warung-new-room', NewRoomElement);
    customElements.define('warung-menu', MenuElement);
    customElements.define('warung-people', PeopleElement);
    customElements.define('warung-switcher', SwitcherElement);
    customElements.define('warung-profile', ProfileElement);
    customElements.define('warung-search', SearchElement);
    customElements.define('warung-composer-closed', ComposerClosedElement);
    customElements.define('warung-sidebar', SidebarElement);
    customElements.define('warung-timeline', TimelineElement);
    customElements.define('warung-toast', ToastElement);
    customElements.define('warung-typing', TypingElement);
}
