/** Its address is no literal in `import()`, so that no page names it beforehand: only those who sign in so fetch it. */
const LIBRARY = '../../vendor/oauth4webapi.js';

/** Those that the server accepts. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256'];
const CLOCK_TOLERANCE_SECONDS = 300;
const DEFAULT_LIFE_SECONDS = 300;
const MAX_LEAD_MS = 120_000;
const REQUEST_MS = 10_000;
const BUSY = 429;
const DENIED = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required']);

/**
 * Why signing in at the provider failed. `code` is one of `unavailable` (the server does not know the provider's
 * addresses now), `insecure` (the page did not come over https), `storage` (the browser blocks it), `state` (the answer
 * belongs to no attempt of this browser), `issuer` (it is another provider's), `denied` (by the user or the provider),
 * `provider` (it answered with an error), `invalid` (its tokens are not good) and `unreachable` (it did not answer).
 */
export class OidcFault extends Error {
    constructor(code, cause) {
        super(code, { cause });
        this.name = 'OidcFault';
        this.code = code;
    }
}

/**
 * The Authorization Code flow with PKCE, of a public client (RFC 6749, 7636, 9207, OpenID Connect Core), with the
 * provider that `way` describes: `oidc` in the answer of `GET api/sign-in`.
 */
export class OidcFlow {
    #way;
    #redirectUri;
    #env;

    /** `env` may replace `load`, which brings the library, `fetch` and `now`. */
    constructor(way, redirectUri, env) {
        this.#way = way;
        this.#redirectUri = redirectUri;
        this.#env = {
            load: () => import(LIBRARY),
            fetch: (...request) => fetch(...request),
            now: () => Date.now(),
            ...env,
        };
    }

    /** Begins an attempt: returns `{url, attempt}`, where to go and what to remember until the answer comes. */
    async begin() {
        if (!globalThis.crypto?.subtle) throw new OidcFault('insecure');
        const { authorizationEndpoint, clientId, scopes, audience } = this.#way;
        if (!authorizationEndpoint) throw new OidcFault('unavailable');
        const oauth = await this.#library();
        const attempt = {
            state: oauth.generateRandomState(),
            nonce: oauth.generateRandomNonce(),
            verifier: oauth.generateRandomCodeVerifier(),
        };
        const url = new URL(authorizationEndpoint);
        const parameters = {
            response_type: 'code',
            client_id: clientId,
            redirect_uri: this.#redirectUri,
            scope: scopes,
            state: attempt.state,
            nonce: attempt.nonce,
            code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
            code_challenge_method: 'S256',
            ...(audience && { audience }),
        };
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
        return { url: url.href, attempt };
    }

    /** Returns the tokens for the provider's answer, the query of the address, to this attempt. */
    async finish(query, attempt) {
        const oauth = await this.#library();
        const parameters = this.#checked(oauth, query, attempt);
        const { client, server, options } = this.#parts(oauth);
        return this.#exchange(oauth, async () => {
            const response = await oauth.authorizationCodeGrantRequest(
                server,
                client,
                oauth.None(),
                parameters,
                this.#redirectUri,
                attempt.verifier,
                options,
            );
            return oauth.processAuthorizationCodeResponse(server, client, response, {
                expectedNonce: attempt.nonce,
                requireIdToken: true,
            });
        });
    }

    /** Returns new tokens for those that will expire. */
    async refresh(old) {
        const oauth = await this.#library();
        const { client, server, options } = this.#parts(oauth);
        const fresh = await this.#exchange(oauth, async () => {
            const response = await oauth.refreshTokenGrantRequest(
                server,
                client,
                oauth.None(),
                old.refreshToken,
                options,
            );
            return oauth.processRefreshTokenResponse(server, client, response);
        });
        if (fresh.subject && fresh.subject !== old.subject) throw new OidcFault('invalid');
        return {
            ...fresh,
            subject: old.subject,
            idToken: fresh.idToken ?? old.idToken,
            refreshToken: fresh.refreshToken ?? old.refreshToken,
        };
    }

    /** Returns the address at which the provider ends its session as well; null if it has none. */
    endAddress(idToken) {
        const { endSessionEndpoint, clientId } = this.#way;
        if (!endSessionEndpoint) return null;
        const url = new URL(endSessionEndpoint);
        url.searchParams.set('id_token_hint', idToken);
        url.searchParams.set('client_id', clientId);
        url.searchParams.set('post_logout_redirect_uri', this.#redirectUri);
        return url.href;
    }

    async #library() {
        try {
            return await this.#env.load();
        } catch (fault) {
            throw new OidcFault('unreachable', fault);
        }
    }

    #parts(oauth) {
        const { issuer, clientId, tokenEndpoint, issInAnswer } = this.#way;
        if (!tokenEndpoint) throw new OidcFault('unavailable');
        return {
            client: { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
            server: {
                issuer,
                token_endpoint: tokenEndpoint,
                id_token_signing_alg_values_supported: ALGORITHMS,
                authorization_response_iss_parameter_supported: issInAnswer === true,
            },
            options: {
                // The server allows these for this machine only.
                [oauth.allowInsecureRequests]: tokenEndpoint.startsWith('http:'),
                [oauth.customFetch]: this.#env.fetch,
                signal: () => AbortSignal.timeout(REQUEST_MS),
            },
        };
    }

    #checked(oauth, query, attempt) {
        const { client, server } = this.#parts(oauth);
        const given = new URLSearchParams(query);
        try {
            return oauth.validateAuthResponse(server, client, given, attempt.state);
        } catch (fault) {
            if (fault instanceof oauth.AuthorizationResponseError) {
                throw new OidcFault(DENIED.has(fault.error) ? 'denied' : 'provider', fault);
            }
            throw new OidcFault(given.get('state') === attempt.state ? 'issuer' : 'state', fault);
        }
    }

    async #exchange(oauth, request) {
        let response;
        try {
            response = await request();
        } catch (fault) {
            throw new OidcFault(codeOf(oauth, fault), fault);
        }
        return this.#tokens(response, oauth.getValidatedIdTokenClaims(response));
    }

    /** What is kept of a token response. Its times are by this machine's clock, whatever the provider's says. */
    #tokens(response, claims) {
        const { audience } = this.#way;
        const life = claims ? claims.exp - claims.iat : DEFAULT_LIFE_SECONDS;
        const ms = 1_000 * (audience ? (response.expires_in ?? life) : life);
        const now = this.#env.now();
        return {
            token: (audience ? response.access_token : response.id_token) ?? null,
            subject: claims?.sub ?? null,
            name: claims?.name ?? claims?.preferred_username ?? null,
            idToken: response.id_token ?? null,
            refreshToken: response.refresh_token ?? null,
            refreshAt: now + ms - Math.min(MAX_LEAD_MS, ms / 3),
            expiresAt: now + ms,
        };
    }
}

/** The library's errors have a code that is a text; those of the browser have none, or a number. */
function codeOf(oauth, { code, status }) {
    if (code === oauth.RESPONSE_BODY_ERROR) return status < 500 && status !== BUSY ? 'provider' : 'unreachable';
    const unlikeOAuth = code === oauth.RESPONSE_IS_NOT_CONFORM || code === oauth.RESPONSE_IS_NOT_JSON;
    return typeof code === 'string' && !unlikeOAuth ? 'invalid' : 'unreachable';
}
