import { defineElements } from '../elements/index.js';
import { startBrowser } from './browser.js';
import { startConversation } from './conversation.js';
import { startDrawer } from './drawer.js';
import { startKeyboard } from './keyboard.js';
import { startNotices } from './notices.js';
import { client, outbox, visit } from './parts.js';
import { startReading } from './reading.js';
import { startSearching } from './searching.js';
import { startSheets } from './sheets.js';
import { comeIn, startSigningIn } from './signing-in.js';
import { startSpeaking } from './speaking.js';
import { startSurroundings } from './surroundings.js';
import { startTitle } from './title.js';
import { database, finishOthers, tabs } from './writing.js';

/** So long a page has that is only loaded anew. */
const RELOAD_MS = 3_000;

/** Everything but what one needs to say a name and to write: resolves when one has come in. */
export async function startRest() {
    const living = await tabs.living();
    await finishOthers((tab) => !living.has(tab));
    const kept = await database.adopt((tab) => !living.has(tab));
    defineElements();
    startSigningIn();
    startSurroundings();
    startConversation();
    startSpeaking();
    startSearching();
    startReading();
    startSheets();
    startDrawer();
    startTitle();
    startNotices();
    startBrowser();
    startKeyboard();
    outbox.restore(kept);
    tabs.on('gone', (tab) => setTimeout(inherit, RELOAD_MS, tab));
    visit.follow();
    comeIn();
}

/** Sends what a page has left that was closed. */
async function inherit(gone) {
    const items = await database.adopt((tab) => tab === gone);
    if (items.length > 0) client.deliver(items);
}
