import { defineElements } from './elements/index.js';
import { startBrowser } from './page/browser.js';
import { startConversation } from './page/conversation.js';
import { startKeyboard } from './page/keyboard.js';
import { startLanguage } from './page/language.js';
import { database, outbox, visit } from './page/parts.js';
import { comeIn, startSurroundings } from './page/surroundings.js';

startLanguage();
defineElements();
startSurroundings();
startConversation();
startBrowser();
startKeyboard();
outbox.restore(await database.outbox());
visit.follow();
comeIn();
