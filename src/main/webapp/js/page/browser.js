import { forget } from '../elements/intent.js';
import { client, element, identity, navigation } from './app.js';
import { enter, tell, tokenInAddress } from './sign-in-page.js';

/**
 * Handles the browser's events: a new address, a lost or restored network, a page that becomes visible, an on-screen
 * keyboard.
 */
export function startBrowser() {
    addEventListener('hashchange', () => {
        forget();
        const token = tokenInAddress();
        if (token) takeAnother(token);
        navigation.follow();
    });
    addEventListener('focus', () => navigation.stay());
    addEventListener('online', () => client.wake());
    addEventListener('offline', () => client.connection.offline());
    addEventListener('pageshow', ({ persisted }) => persisted && client.wake());
    addEventListener('pagehide', () => client.hurry());
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState !== 'visible') return client.hurry();
        client.wake();
        navigation.stay();
    });
    visualViewport?.addEventListener('resize', fit);
    for (const name of ['dragover', 'drop']) addEventListener(name, refuseFiles);
}

/** The application around the page has brought a token: of the same user, or of another, for whom it begins anew. */
async function takeAnother(token) {
    const { takeToken } = await import('./handed-over.js');
    const fault = await takeToken(token);
    if (fault) return tell(fault);
    const { token: now, id } = identity.load();
    if (now === token && id == null) return location.reload();
    enter();
    if (client.status.phase === 'live') client.renew();
    else client.connection.open();
}

/** A dropped file does not replace the page; it cannot be sent either. */
function refuseFiles(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'drop') element('warung-toast').tell('files');
}

/** Fits the page on phones whose keyboard covers it instead of resizing it. */
function fit() {
    if (visualViewport.scale !== 1) return;
    document.body.style.height = `${visualViewport.height}px`;
    scrollTo(0, 0);
}
