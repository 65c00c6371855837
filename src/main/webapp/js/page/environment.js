import { onAction } from '../elements/actions.js';
import { chooseLanguage, currentLanguage, speak } from '../i18n/i18n.js';
import { SignInWays } from '../net/sign-in-ways.js';
import { StoredIdentity } from '../store/identity.js';
import { Settings } from '../store/settings.js';

/** What is available from the start, one of each. */
const base = new URL('.', location.href);

/** Separates several Warungs on one host. */
export const scope = base.pathname;

export const settings = new Settings(scope);
export const identity = new StoredIdentity(scope);
export const ways = new SignInWays(() => fetch('api/sign-in'));

/** Returns the address of the WebSocket. */
export function socketUrl() {
    const url = new URL('chat', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
}

/** Returns the first element on the page that matches the selector. */
export function element(name) {
    return document.querySelector(name);
}

/** Puts the caret into the field, unless a keyboard on the screen would come up for it. */
export function focusField() {
    if (matchMedia('(hover: hover)').matches) element('warung-composer').focus();
}

/** Sets the chosen language, otherwise that of the browser. */
export function startLanguage() {
    const chosen = () => settings.language ?? chooseLanguage(navigator.languages);
    use(chosen());
    settings.onChange('language', () => use(chosen()));
    onAction('language', (tag) => {
        settings.language = tag;
        use(tag);
    });
}

function use(tag) {
    speak(tag);
    document.documentElement.lang = currentLanguage();
}
