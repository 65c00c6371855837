/**
 * The page `signin/`, where those get a token whom the server, or a proxy, has signed in already. It keeps the token
 * where the chat looks for it, and goes there; the room in the address stays.
 */
import { chooseLanguage, currentLanguage, speak, t } from '../i18n/i18n.js';
import { StoredIdentity } from '../store/identity.js';
import { Settings } from '../store/settings.js';

const chat = new URL('..', location.href);
const identity = new StoredIdentity(chat.pathname);
const [status, again, back] = document.querySelectorAll('[role=status], main button, main a');

speak(new Settings(chat.pathname).language ?? chooseLanguage(navigator.languages));
document.documentElement.lang = currentLanguage();
again.textContent = t('signin.again');
back.textContent = t('signin.back');
back.href = chat.pathname + location.hash;
again.onclick = signIn;
signIn();

async function signIn() {
    tell('signin.busy', false);
    try {
        const response = await fetch('./', { method: 'POST' });
        if (!response.ok) return tell(response.status === 403 ? 'signin.refused' : 'signin.failed', true);
        const { token } = await response.json();
        identity.save({ token, id: null, name: null, way: 'here' });
        if (new StoredIdentity(chat.pathname).load().token !== token) return tell('signin.blocked', true);
        location.replace(back.href);
    } catch (fault) {
        console.warn('Signing in failed.', fault);
        tell('signin.failed', true);
    }
}

function tell(key, failed) {
    status.textContent = t(key);
    again.hidden = back.hidden = !failed;
}
