import { OidcStore } from '../store/oidc-store.js';
import { scope } from './environment.js';

/**
 * Takes the provider's answer out of the address, at once, so that neither code nor state stays in the history, and
 * puts the room back that was in it when the attempt began. Returns the answer for `finishOidc`; null if there is none.
 */
export function takeOidcAnswer() {
    const query = location.search;
    const parameters = new URLSearchParams(query);
    if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error'))) return null;
    const attempt = new OidcStore(scope).take(parameters.get('state'));
    history.replaceState(null, '', `${location.pathname}${attempt?.hash ?? ''}`);
    return { query, attempt };
}
