import { onAction } from '../elements/actions.js';
import { takeHandedToken } from '../net/handed-token.js';
import { element, identity, socketUrl, ways } from './environment.js';
import { takeOidcAnswer } from './oidc-answer.js';

/** Takes over `token` from the application that has opened the page; resolves with why that failed, or null. */
export function takeToken(token) {
    return takeHandedToken(token, { identity, url: socketUrl(), env: { origin: location.origin }, agreed });
}

/** Takes over the answer of the provider that is in the address; resolves with why that failed, or null. */
export async function takeProviderAnswer() {
    const answer = takeOidcAnswer();
    const { oidc } = answer ? await ways.get() : {};
    if (!oidc) return null;
    try {
        const { finishOidc } = await import('./oidc.js');
        await finishOidc(oidc, answer);
        return null;
    } catch ({ code }) {
        return `oidc.${code}`;
    }
}

function agreed(choice) {
    return new Promise((resolve) => {
        const stop = onAction('token', (taken) => {
            stop();
            resolve(taken);
        });
        element('#room').hidden = true;
        element('warung-welcome').confirm(choice);
    });
}
