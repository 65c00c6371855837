import { defineElements } from '../elements/index.js';
import { startBrowser } from './browser.js';
import { startConversation } from './conversation.js';
import { startDrawer } from './drawer.js';
import { startKeyboard } from './keyboard.js';
import { startNotices } from './notices.js';
import { outbox, visit } from './parts.js';
import { startReading } from './reading.js';
import { startSearching } from './searching.js';
import { startSheets } from './sheets.js';
import { comeIn, startSigningIn } from './signing-in.js';
import { startSpeaking } from './speaking.js';
import { startSurroundings } from './surroundings.js';
import { startTitle } from './title.js';
import { database } from './writing.js';

/** Everything but what one needs to say a name and to write: resolves when one has come in. */
export async function startRest() {
    const kept = await database.outbox();
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
    visit.follow();
    comeIn();
}
