/** Says who we are, once a session, and remembers who the server says we are. */
export class SignIn {
    #identity;
    #send;
    #newName = null;
    /** True from `signed-in` until the connection is gone. */
    done = false;
    /** True from when commands need not wait: after a `hello` of somebody known, else from `signed-in`. */
    maySend = false;
    /** `{id, name}` as last told by the server. */
    user = null;

    constructor({ identity, send }) {
        this.#identity = identity;
        this.#send = send;
    }

    /** False when nobody has said yet who we are. */
    get possible() {
        return Boolean(this.#identity.load().name ?? this.#newName);
    }

    /** The id of the user we are, or were when last here. */
    get userId() {
        return this.user?.id ?? this.#identity.load().id;
    }

    /** The next hello asks for this name. */
    rename(name) {
        this.#newName = name;
    }

    /** Says hello; true when we come as somebody known, so that more may be sent without waiting for the answer. */
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

    /** Another session of ours has taken another name. */
    renamed({ user }) {
        this.user = user;
        this.#identity.save({ id: user.id, name: user.name });
    }

    interrupted() {
        this.done = false;
        this.maySend = false;
    }

    /** The server does not know our token any more: we come as a new guest, under the name we had. */
    comeAsStranger() {
        this.#identity.save({ token: null, reads: null });
        this.hello();
    }

    /** The name we asked for is none; true when there is another we can come back under. */
    forgetName() {
        this.#newName = null;
        const known = Boolean(this.#identity.load().token);
        if (!known) this.#identity.save({ name: null });
        return known;
    }
}

/** Who we are, for as long as the program runs. What keeps it longer has the same two methods. */
export class MemoryIdentity {
    #known;

    constructor(name = null) {
        this.#known = { name, token: null, id: null };
    }

    /** `{name, token, id}`; null where not known. */
    load() {
        return { ...this.#known };
    }

    save(known) {
        Object.assign(this.#known, known);
    }
}
