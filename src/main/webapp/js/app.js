import { StatusElement } from './elements/status.js';
import { WelcomeElement } from './elements/welcome.js';
import { startLanguage } from './page/environment.js';
import { load } from './page/loading.js';
import { startSignInPage } from './page/sign-in-page.js';

// First what one needs to say a name, and to be told how things are; the field to write into and all the rest come by
// themselves.
startLanguage();
customElements.define('warung-welcome', WelcomeElement);
customElements.define('warung-status', StatusElement);
startSignInPage();
load();
