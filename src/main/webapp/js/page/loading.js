import { onAction } from '../elements/actions.js';
import { element } from './environment.js';

const LOST = 1006;
const RETRY_MS = 5_000;
const UNSEEN_MS = 500;

/** Loads what is not here yet: first where one writes, then the main. */
export async function load() {
    element('warung-status').status = { phase: 'connecting' };
    if (element('#room').hidden) await seen();
    const composer = await fetched('#composer-part', () => import('./composer-part.js'));
    composer?.startComposerPart();
    await seen();
    const main = composer && (await fetched('#main-part', () => import('./main-part.js')));
    if (main) await main.startMainPart();
    else wait();
}

/**
 * The module of a part of the page, with all its files fetched at once where the server has put links to them into a
 * template; null when they could not be had.
 */
async function fetched(part, bring) {
    const links = element(part);
    if (links) document.head.append(links.content);
    try {
        return await bring();
    } catch (fault) {
        console.warn('The page did not come as a whole.', fault);
        return null;
    }
}

/** After the next picture; a page that nobody sees has none, so not much later. */
function seen() {
    return new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, UNSEEN_MS);
    });
}

/**
 * The page is loaded anew when the server is there again. What was written is kept: a draft leaves only when the outbox
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
