/** Signs the user in, once a session, and keeps the identity that the server returns. */
export class SignIn {
    #identity;
    #send;
    #newName = null;
    /** True from `signed-in` until the connection is lost. */
    done = false;
    /** True when commands need not wait: after the `hello` of a known user, otherwise from `signed-in`. */
    maySend = false;
    /** The user, `{id, name}`, as last sent by the server. */
    user = null;

    constructor({ identity, send }) {
        this.#identity = identity;
        this.#send = send;
    }

    /** False when the user has no name yet. */
    get possible() {
        return Boolean(this.#identity.load().name ?? this.#newName);
    }

    /** The id of the user, or of the last one. */
    get userId() {
        return this.user?.id ?? this.#identity.load().id;
    }

    /** Requests this name in the next hello. */
    rename(name) {
        this.#newName = name;
    }

    /** Sends hello; true for a known user, so that more may be sent without waiting for the answer. */
    hello() {
        const { token, name } = this.#identity.load();
        const said = this.#newName ?? (token ? null : name);
        this.#send({ type: 'hello', ...(token && { token }), ...(said && { name: said }) });
        this.maySend = Boolean(token);
        return this.maySend;
    }

    signedIn({ user, token }) {
        this.#newName = null;
        this.done = true;
        this.maySend = true;
        this.user = user;
        this.#identity.save({ id: user.id, name: user.name, ...(token && { token }) });
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

    /** The token is no longer valid: signs in as a new guest, under the same name. */
    comeAsStranger() {
        this.#identity.save({ token: null, reads: null });
        this.hello();
    }

    /** The requested name is invalid; true if the user can sign in under another one. */
    forgetName() {
        this.#newName = null;
        const known = Boolean(this.#identity.load().token);
        if (!known) this.#identity.save({ name: null });
        return known;
    }
}

/** The user's identity, for as long as the program runs. A persistent store has the same two methods. */
export class MemoryIdentity {
    #known;

    constructor(name = null) {
        this.#known = { name, token: null, id: null };
    }

    /** Returns `{name, token, id}`; null where unknown. */
    load() {
        return { ...this.#known };
    }

    save(known) {
        Object.assign(this.#known, known);
    }
}
