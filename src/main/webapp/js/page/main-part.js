import { onAction } from '../elements/actions.js';
import { defineElements } from '../elements/index.js';
import { undoableFor } from '../model/outbox.js';
import * as app from './app.js';
import { startBrowser } from './browser.js';
import { startConversation } from './conversation.js';
import { openProfile, startDialogs } from './dialogs.js';
import { startDrawer } from './drawer.js';
import { startKeyboard } from './keyboard.js';
import { startNotices } from './notices.js';
import { startReading } from './reading.js';
import { startShell } from './shell.js';
import { askForName, enter } from './sign-in-page.js';
import { startSpeaking } from './speaking.js';

const { client, drafts, element, identity, navigation, outbox, tabs } = app;

/** So long a page has that is only loaded anew. */
const RELOAD_MS = 3_000;

/** Everything but what one needs to say a name and to write: resolves when one has come in. */
export async function startMainPart() {
    const living = await tabs.living();
    const gone = (tab) => !living.has(tab);
    await drafts.finishOthers(gone);
    const spared = new Map();
    const kept = await drafts.database.adopt((tab, item) => gone(tab) && !spares(item, spared));
    defineElements();
    startSigningIn();
    startShell();
    startConversation();
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

/** True for what the page in which it was said may still offer to take back, where nobody knows whether that page lives; then it is `spared` for so long. */
function spares(item, spared) {
    const ms = tabs.knows ? 0 : undoableFor(item, Date.now());
    if (ms > 0) spared.set(item.id, ms);
    return ms > 0;
}

/** Sends what pages have left that are `gone(tab, item)`. */
async function inherit(gone) {
    const items = await drafts.database.adopt(gone);
    if (items.length > 0) client.deliver(items);
}

/** Comes in under the name one has; it may be changed, also in another tab, and the server may refuse it. */
function startSigningIn() {
    client.on('refused', refused);
    onAction('name', (name) => client.rename(name));
    identity.onChange(() => !element('warung-welcome').hidden && identity.load().token && comeIn());
}

/** Connects, when there is a name. */
function comeIn() {
    if (client.start()) enter();
}

function refused() {
    const { token, name } = identity.load();
    if (token) openProfile(name, true);
    else askForName(true);
}
