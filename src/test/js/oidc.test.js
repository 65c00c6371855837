import { OidcFlow } from '../../main/webapp/js/net/oidc.js';
import { holds, same, test } from './harness.js';

const ISSUER = 'https://login.example/realms/team';
const WAY = {
    issuer: ISSUER,
    clientId: 'warung',
    scopes: 'openid profile',
    authorizationEndpoint: `${ISSUER}/auth?kept=1`,
    tokenEndpoint: `${ISSUER}/token`,
    endSessionEndpoint: `${ISSUER}/end`,
};
const HOME = 'https://chat.example/warung/';
const NOW = Math.floor(Date.now() / 1_000);

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const part = (json) => base64(new TextEncoder().encode(JSON.stringify(json)));

/** An ID token; who signed it is checked by the server. */
function idToken(claims, header) {
    const all = { iss: ISSUER, sub: 'ana-1', aud: 'warung', iat: NOW, exp: NOW + 300, name: 'Ana', ...claims };
    return `${part({ alg: 'RS256', ...header })}.${part(all)}.${base64(new Uint8Array(32))}`;
}

/** A provider that answers the next request for tokens with `answer(form)`; its `requests` are the forms. */
function aProvider(answer, way) {
    const requests = [];
    const fetch = async (url, { body, redirect }) => {
        requests.push({ url, redirect, ...Object.fromEntries(new URLSearchParams(body)) });
        const { status, json, text } = await answer();
        const type = json ? 'application/json' : 'text/html';
        return new Response(json ? JSON.stringify(json) : text, { status: status ?? 200, headers: { 'content-type': type } });
    };
    return { flow: new OidcFlow({ ...WAY, ...way }, HOME, { fetch, now: () => 1_000_000 }), requests };
}

const tokens = (claims, more) => ({
    json: { token_type: 'Bearer', access_token: 'access', expires_in: 60, id_token: idToken(claims), ...more },
});

async function faultOf(promise) {
    try {
        await promise;
    } catch (fault) {
        return fault.code;
    }
    return null;
}

async function answered(provider, change) {
    const { attempt } = await provider.flow.begin();
    const query = new URLSearchParams({ state: attempt.state, code: 'c1', ...change });
    return { attempt, done: provider.flow.finish(`?${query}`, attempt) };
}

test('an attempt asks for a code with a proof key, and no two are alike', async () => {
    const { flow } = aProvider(tokens);
    const { url, attempt } = await flow.begin();
    const asked = new URL(url);
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier));
    same(asked.origin + asked.pathname, `${ISSUER}/auth`);
    same(Object.fromEntries(asked.searchParams), {
        kept: '1',
        response_type: 'code',
        client_id: 'warung',
        redirect_uri: HOME,
        scope: 'openid profile',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: base64(new Uint8Array(hash)),
        code_challenge_method: 'S256',
    });
    const other = (await flow.begin()).attempt;
    const secrets = [...Object.values(attempt), ...Object.values(other)];
    same(new Set(secrets).size, 6);
    for (const secret of secrets) holds(secret.length >= 43, secret);
});

test('the answer becomes the ID token, with times by the clock of this machine', async () => {
    const provider = aProvider(() => tokens({ nonce: nonce() }, { refresh_token: 'r1' }));
    let attempt = null;
    const nonce = () => attempt.nonce;
    const begun = await provider.flow.begin();
    attempt = begun.attempt;
    const got = await provider.flow.finish(`?code=c1&state=${attempt.state}`, attempt);
    same(provider.requests, [
        {
            url: `${ISSUER}/token`,
            redirect: 'manual',
            redirect_uri: HOME,
            code: 'c1',
            code_verifier: attempt.verifier,
            grant_type: 'authorization_code',
            client_id: 'warung',
        },
    ]);
    same(got, {
        token: got.idToken,
        subject: 'ana-1',
        name: 'Ana',
        idToken: got.idToken,
        refreshToken: 'r1',
        refreshAt: 1_000_000 + 200_000,
        expiresAt: 1_000_000 + 300_000,
    });
});

const NO_REQUEST = [
    ['another state', { state: 'x' }, 'state'],
    ['the issuer of another provider', { iss: 'https://evil.example' }, 'issuer'],
    ['no issuer, though it announces it', {}, 'issuer', { issInAnswer: true }],
    ['a refusal', { error: 'access_denied' }, 'denied'],
    ['a refusal with another state', { error: 'access_denied', state: 'x' }, 'state'],
    ['a refusal of another provider', { error: 'access_denied', iss: 'https://evil.example' }, 'issuer'],
    ['an error', { error: 'server_error', error_description: '<b>no</b>' }, 'provider'],
];

for (const [what, change, code, way] of NO_REQUEST) {
    test(`${what} in the answer: nobody is asked for tokens (${code})`, async () => {
        const provider = aProvider(tokens, way);
        const { done } = await answered(provider, change);
        same(await faultOf(done), code);
        same(provider.requests, []);
    });
}

test('an answer that names its issuer as announced is good', async () => {
    let nonce = null;
    const provider = aProvider(() => tokens({ nonce }), { issInAnswer: true });
    const { attempt } = await provider.flow.begin();
    nonce = attempt.nonce;
    const query = new URLSearchParams({ state: attempt.state, code: 'c1', iss: ISSUER });
    same((await provider.flow.finish(`?${query}`, attempt)).subject, 'ana-1');
});

const BAD_ANSWERS = [
    ['a used code', () => ({ status: 400, json: { error: 'invalid_grant' } }), 'provider'],
    ['too many requests', () => ({ status: 429, json: { error: 'slow_down' } }), 'unreachable'],
    ['a failure', () => ({ status: 500, json: { error: 'server_error' } }), 'unreachable'],
    ['a page of a proxy', () => ({ status: 502, text: '<html>' }), 'unreachable'],
    ['a page with status 200', () => ({ text: '<html>' }), 'unreachable'],
    ['a lost connection', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
    ['no ID token', () => ({ json: { token_type: 'Bearer', access_token: 'a' } }), 'invalid'],
    ['another nonce', () => tokens({ nonce: 'x' }), 'invalid'],
    ['no nonce', () => tokens({}), 'invalid'],
    ['another audience', (nonce) => tokens({ nonce, aud: 'other' }), 'invalid'],
    ['another party', (nonce) => tokens({ nonce, aud: ['warung', 'other'], azp: 'other' }), 'invalid'],
    ['another issuer', (nonce) => tokens({ nonce, iss: 'https://evil.example' }), 'invalid'],
    ['an expired token', (nonce) => tokens({ nonce, iat: NOW - 5_000, exp: NOW - 4_000 }), 'invalid'],
    ['no signature', (nonce) => ({ json: { ...tokens({}).json, id_token: idToken({ nonce }, { alg: 'none' }) } }), 'invalid'],
    ['a shared secret', (nonce) => ({ json: { ...tokens({}).json, id_token: idToken({ nonce }, { alg: 'HS256' }) } }), 'invalid'],
];

for (const [what, answer, code] of BAD_ANSWERS) {
    test(`${what} instead of tokens: nobody is signed in (${code})`, async () => {
        let nonce = null;
        const provider = aProvider(() => answer(nonce));
        const { attempt } = await provider.flow.begin();
        nonce = attempt.nonce;
        same(await faultOf(provider.flow.finish(`?code=c1&state=${attempt.state}`, attempt)), code);
    });
}

const OLD = { subject: 'ana-1', refreshToken: 'r1', idToken: 'old' };

test('a refresh keeps what the provider does not replace', async () => {
    const provider = aProvider(() => ({ json: { token_type: 'bearer', access_token: 'a' } }), { audience: 'chat' });
    const got = await provider.flow.refresh(OLD);
    same(provider.requests[0].refresh_token, 'r1');
    same(provider.requests[0].client_id, 'warung');
    same([got.token, got.subject, got.idToken, got.refreshToken], ['a', 'ana-1', 'old', 'r1']);
    same(got.expiresAt, 1_000_000 + 300_000);
});

test('with an audience, the access token is the one that counts, as long as it is good', async () => {
    const provider = aProvider(() => tokens({}, { refresh_token: 'r2' }), { audience: 'chat' });
    same(new URL((await provider.flow.begin()).url).searchParams.get('audience'), 'chat');
    const got = await provider.flow.refresh(OLD);
    same([got.token, got.refreshToken, got.expiresAt, got.refreshAt], ['access', 'r2', 1_060_000, 1_040_000]);
});

test('a refresh without an ID token gives no token, and the user of another is not taken', async () => {
    const without = aProvider(() => ({ json: { token_type: 'bearer', access_token: 'a' } }));
    same((await without.flow.refresh(OLD)).token, null);
    same(await faultOf(aProvider(() => tokens({ sub: 'budi-2' })).flow.refresh(OLD)), 'invalid');
    same(await faultOf(aProvider(() => ({ status: 400, json: { error: 'invalid_grant' } })).flow.refresh(OLD)), 'provider');
    same(await faultOf(aProvider(() => ({ status: 503, text: '' })).flow.refresh(OLD)), 'unreachable');
});

test('whoever signs out is sent to where the provider ends its session, and back', () => {
    const end = new URL(new OidcFlow(WAY, HOME).endAddress('hint'));
    same(end.origin + end.pathname, `${ISSUER}/end`);
    same(Object.fromEntries(end.searchParams), {
        id_token_hint: 'hint',
        client_id: 'warung',
        post_logout_redirect_uri: HOME,
    });
    same(new OidcFlow({ ...WAY, endSessionEndpoint: null }, HOME).endAddress('hint'), null);
});

test('while the server does not know the provider, nothing begins', async () => {
    const unknown = { authorizationEndpoint: null, tokenEndpoint: null };
    same(await faultOf(aProvider(tokens, unknown).flow.begin()), 'unavailable');
    same(await faultOf(aProvider(tokens, unknown).flow.refresh(OLD)), 'unavailable');
});

test('tokens go over https only, or to this machine', async () => {
    same(await faultOf(aProvider(tokens, { tokenEndpoint: 'file:///tmp/x' }).flow.refresh(OLD)), 'invalid');
    const here = aProvider(() => tokens({}), { tokenEndpoint: 'http://127.0.0.1:9000/token' });
    same((await here.flow.refresh(OLD)).subject, 'ana-1');
});
