import { onAction } from '../elements/actions.js';
import { chooseLanguage, currentLanguage, speak } from '../i18n/i18n.js';
import { StoredIdentity } from '../store/identity.js';
import { Settings } from '../store/settings.js';

/** What there is from the first moment, one of each. */
const base = new URL('.', location.href);

/** Keeps several Warungs on one host apart. */
export const scope = base.pathname;

export const settings = new Settings(scope);
export const identity = new StoredIdentity(scope);

/** The address of the WebSocket. */
export function socketUrl() {
    const url = new URL('chat', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
}

/** The one element of this name on the page. */
export function element(name) {
    return document.querySelector(name);
}

/** Speaks the language that was chosen, else that of the browser. */
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
