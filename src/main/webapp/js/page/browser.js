import { forget } from '../elements/intent.js';
import { attention, client, navigation } from './app.js';

/**
 * What the browser tells: another address, a network that comes and goes, a page that is seen again, a keyboard on the
 * glass.
 */
export function startBrowser() {
    addEventListener('hashchange', () => {
        forget();
        navigation.follow();
    });
    addEventListener('focus', () => navigation.stay());
    attention.on('back', () => navigation.stay());
    addEventListener('online', () => client.wake());
    addEventListener('offline', () => client.connection.offline());
    addEventListener('pageshow', ({ persisted }) => persisted && client.wake());
    addEventListener('pagehide', () => client.hurry());
    document.addEventListener('visibilitychange', () =>
        document.visibilityState === 'visible' ? client.wake() : client.hurry(),
    );
    visualViewport?.addEventListener('resize', fit);
}

/** On phones whose keyboard lies over the page instead of making it smaller. */
function fit() {
    if (visualViewport.scale !== 1) return;
    document.body.style.height = `${visualViewport.height}px`;
    scrollTo(0, 0);
}
