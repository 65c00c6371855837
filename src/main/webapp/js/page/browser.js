import { forget } from '../elements/intent.js';
import { client, navigation } from './app.js';

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
}

/** Fits the page on phones whose keyboard covers it instead of resizing it. */
function fit() {
    if (visualViewport.scale !== 1) return;
    document.body.style.height = `${visualViewport.height}px`;
    scrollTo(0, 0);
}
