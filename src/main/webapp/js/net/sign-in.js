import { isGuest } from '../model/people.js';

/** Signs the user in, and keeps the identity that the server returns. */
export class SignIn {
    #identity;
    #send;
    #newName = null;
    #saidToken = null;
    #refresh = null;
    /** True from `signed-in` until the connection is lost. */
    done = false;
    /** True when commands need not wait: after the `hello` of a known user, otherwise from `signed-in`. */
    maySend = false;
    /** The user, `{id, name}`, as last sent by the server. */
    user = null;
    /** The user's roles, as last sent by the server; and when the sign-in ends by itself (ISO 8601), or null. */
    roles = [];
    expiresAt = null;

    constructor({ identity, send }) {
        this.#identity = identity;
        this.#send = send;
    }

    /** False when the user has neither a token nor a name yet. */
    get possible() {
        const { token, name } = this.#identity.load();
        return Boolean(token ?? name ?? this.#newName);
    }

    get hasToken() {
        return Boolean(this.#identity.load().token);
    }

    /** The id of the user, or of the last one. */
    get userId() {
        return this.user?.id ?? this.#identity.load().id;
    }

    /** Requests this name in the next hello. */
    rename(name) {
        this.#newName = name;
    }

    /**
     * Sends hello; true for a known user, so that more may be sent without waiting for the answer. With a new token, it
     * is not known yet whose it is.
     */
    hello() {
        const { token, name, id } = this.#identity.load();
        const said = this.#newName ?? (token ? null : name);
        this.#send({ type: 'hello', ...(token && { token }), ...(said && { name: said }) });
        this.#saidToken = token;
        this.maySend = Boolean(token) && id != null;
        return this.maySend;
    }

    /** Sends hello with the token that the identity has now, over the same connection, unless it is the same one. */
    renew() {
        const { token } = this.#identity.load();
        if (!this.done || token == null || token === this.#saidToken) return;
        this.#send({ type: 'hello', token });
        this.#saidToken = token;
    }

    /** `refresh` resolves with true when the identity has a new token in place of one that was refused. */
    refreshWith(refresh) {
        this.#refresh = refresh;
    }

    /** True when a refused token may be replaced by another one. */
    get mayRecover() {
        return this.#refresh != null;
    }

    /** The token was refused: resolves with true when hello was sent with another one. */
    async recover() {
        const refused = this.#saidToken;
        const got = await this.#refresh().catch(() => false);
        const { token } = this.#identity.load();
        if (!got || token === refused) return false;
        if (this.#saidToken === refused) this.hello(); // otherwise another connection has used the new one
        return true;
    }

    signedIn({ user, token, roles, expiresAt }) {
        this.#newName = null;
        this.done = true;
        this.maySend = true;
        this.user = user;
        this.roles = roles ?? [];
        this.expiresAt = expiresAt ?? null;
        const { id } = this.#identity.load();
        const others = id != null && id !== user.id ? { inbox: null, reads: null } : {};
        this.#identity.save({ ...others, id: user.id, name: user.name, ...(token && { token }) });
    }

    /** From the next hello on, this is the token. */
    take(token) {
        this.#identity.save({ token });
        this.#saidToken = token;
    }

    /** Another session of the user has changed the name. */
    renamed({ user }) {
        this.user = user;
        this.#identity.save({ id: user.id, name: user.name });
    }

    interrupted() {
        this.done = false;
        this.maySend = false;
    }

    /**
     * The token is no longer valid: a guest signs in as a new one, under the same name. False for everybody else, who
     * would not be the same person.
     */
    comeAsStranger() {
        const { id, name, token } = this.#identity.load();
        if (!token || !name || !isGuest({ id })) return false;
        this.#identity.save({ token: null, reads: null });
        this.hello();
        return true;
    }

    /**
     * The server accepts the token no longer: it is not kept, nor the name, with which the user would be a guest. Who
     * they were is, as `was`, until they come back or leave.
     */
    forgetToken() {
        const { name, was } = this.#identity.load();
        this.#identity.save({ token: null, name: null, was: name ?? was ?? null });
    }

    /** The requested name is invalid; true if the user can sign in under another one. */
    forgetName() {
        this.#newName = null;
        const known = this.hasToken;
        if (!known) this.#identity.save({ name: null });
        return known;
    }
}

/** The user's identity, for as long as the program runs. A persistent store has the same two methods. */
export class MemoryIdentity {
    #known;

    constructor(name = null, token = null) {
        this.#known = { name, token, id: null };
    }

    /** Returns `{name, token, id}`; null where unknown. */
    load() {
        return { ...this.#known };
    }

    save(known) {
        Object.assign(this.#known, known);
    }
}
