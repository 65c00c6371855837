import { forget } from '../elements/intent.js';
import { client, element, navigation } from './app.js';

/**
 * Handles the browser's events: a new address, a lost or restored network, a page that becomes visible, an on-screen
 * keyboard.
 */
export function startBrowser() {
    addEventListener('hashchange', () => {
        forget();
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
