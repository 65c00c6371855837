import { onAction } from '../elements/actions.js';
import { element } from './environment.js';

const LOST = 1006;
const RETRY_MS = 5_000;
const UNSEEN_MS = 500;

/** Loads the rest of the page: the composer, then the main part, which waits until it is `settled` who comes in. */
export async function load(settled) {
    element('warung-status').status = { phase: 'connecting' };
    if (element('#room').hidden) await seen();
    const composer = await fetched('#composer-part', () => import('./composer-part.js'));
    composer?.startComposerPart();
    await seen();
    const main = composer && (await fetched('#main-part', () => import('./main-part.js')));
    if (main) await main.startMainPart(settled);
    else wait();
}

/**
 * Loads the module of a part, with all its files at once if the server has put links to them into a template; null if
 * it could not be loaded.
 */
export async function fetched(part, bring) {
    const links = element(part);
    if (links) document.head.append(links.content);
    try {
        return await bring();
    } catch (fault) {
        console.warn('The page did not come as a whole.', fault);
        return null;
    }
}

/** Resolves after the next frame; a hidden page has none, so not much later. */
function seen() {
    return new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, UNSEEN_MS);
    });
}

/**
 * Reloads the page when the server is available again. Nothing written is lost: a draft is only removed when the outbox
 * has it.
 */
function wait() {
    let timer = null;

    function plan() {
        element('warung-status').status = {
            phase: 'waiting',
            code: LOST,
            retryAt: performance.now() + RETRY_MS,
            offline: !navigator.onLine,
        };
        clearTimeout(timer);
        timer = setTimeout(again, RETRY_MS);
    }

    async function again() {
        const { ok } = await fetch('', { cache: 'no-store' }).catch(() => ({ ok: false }));
        if (ok) location.reload();
        else plan();
    }

    onAction('reconnect', again);
    addEventListener('online', again);
    plan();
}
