import { StatusElement } from './elements/status.js';
import { WelcomeElement } from './elements/welcome.js';
import { startLanguage } from './page/environment.js';
import { load } from './page/loading.js';
import { startSignInPage } from './page/sign-in-page.js';

// First what the sign-in page and the status need; the composer and everything else load later.
startLanguage();
customElements.define('warung-welcome', WelcomeElement);
customElements.define('warung-status', StatusElement);
load(startSignInPage());
