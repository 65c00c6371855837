import { WelcomeElement } from './elements/welcome.js';
import { startEntrance } from './page/entrance.js';
import { startLanguage } from './page/language.js';
import { load } from './page/loading.js';

// First what one needs to say a name; the field to write into and all the rest come by themselves.
startLanguage();
customElements.define('warung-welcome', WelcomeElement);
startEntrance();
load();
