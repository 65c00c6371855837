import { LAST, Timeline } from './timeline.js';
import { Unread } from './unread.js';

/** How long a typing signal lasts: the server repeats it at least every 6 seconds. */
const TYPING_MS = 6_500;

/** A room as this client sees it: its timeline, its state, and what the user has not read. */
export class Room {
    /** True while the server sends the events of the room. */
    joined = false;
    /** Why the user is out of the room for good (`removed`, or the code of the error), or null. */
    closed = null;
    /**
     * Which page of history is being loaded (`earlier`, `later`, `around`), and the code of the error if the last one
     * failed; otherwise null.
     */
    reading = null;
    readingFailed = null;
    /** `public` or `members`, once known. */
    access = null;
    topic = '';
    archived = false;
    /** Whether the user is one of its moderators, and one of its members. */
    moderator = false;
    member = false;
    /** The other person of a direct conversation, or null. */
    with = null;
    /** The time of the last known activity. */
    at = null;
    /** Who is here: `count` may exceed the length of `here`. */
    roster = { count: 0, here: [] };
    /** The head of the log at the first join: what follows is new to the user. */
    backlog = 0;
    #backlogKnown = false;
    #awaited = 0;
    #knownAt = 0;
    #unread = new Unread();
    #typing = [];
    #typedAt = 0;
    #now;

    /** `last`: how many entries the first join requests. `now` is a monotonic clock in milliseconds. */
    constructor(name, last, now) {
        this.name = name;
        this.timeline = new Timeline(last);
        this.#now = now ?? (() => 0);
    }

    /** The command that joins the room at the current position. */
    get join() {
        const position = this.timeline.position;
        return position
            ? { type: 'join', room: this.name, epoch: position.epoch, after: position.after }
            : { type: 'join', room: this.name, last: this.timeline.last };
    }

    /** True when all entries from before the join have arrived. */
    get caughtUp() {
        return this.joined && (this.timeline.live?.to ?? 0) >= this.#awaited;
    }

    /** The number of messages so far. */
    get n() {
        return this.#unread.n;
    }

    /** How far the user has read, `{seq, n}`; null if they were never here. */
    get read() {
        return this.#unread.read;
    }

    /** How many messages of others the user has not read, and how many of them mention the user. */
    get unread() {
        return this.#unread.count;
    }

    get mentions() {
        return this.#unread.mentions;
    }

    /** True when only the server knows how many are unread. */
    get uncertain() {
        return this.#unread.uncertain;
    }

    /** Who is typing now. */
    get typing() {
        return this.#now() - this.#typedAt < TYPING_MS ? this.#typing : [];
    }

    /** Applies an event of this room, received by the user `me`; true when there is something new to show. */
    apply(event, me = null) {
        if (event.type === 'roster') return this.#set({ roster: { count: event.count, here: event.here } });
        if (event.type === 'typing') return this.#types(event.users.filter(({ id }) => id !== me));
        if (event.type === 'left') return this.#left(event);
        const { epoch } = this.timeline;
        const target = event.type === 'edited' ? this.timeline.at(event.target) : null;
        const news = this.timeline.apply(event);
        if (news && (event.type === 'reset' || (event.type === 'joined' && epoch != null))) this.#begin();
        if (event.type === 'joined') return this.#joined(event);
        if (news && event.seq) this.#happened(event, me, target);
        return news;
    }

    /** Applies the room's summary from the server's list. */
    told(summary) {
        this.#unread.told(summary);
        this.member = Boolean(summary.member);
        this.with = summary.with ?? null;
        if (!this.at || summary.at > this.at) this.at = summary.at ?? null;
        if (summary.head >= this.#knownAt) this.#is(summary, summary.head);
    }

    /**
     * The user has read up to `seq`, here or elsewhere (`told` is the number of messages there); 0: they have left the
     * room. False when that is not new.
     */
    readTo(seq, told) {
        if (seq === 0) return this.#unread.forget();
        const n = told ?? this.timeline.nAt(seq);
        if (n == null) return seq > (this.read?.seq ?? 0);
        return this.#unread.readTo({ seq, n });
    }

    /** Reads the room again, from its latest `last` entries if there is no position to resume from. */
    reopen(last) {
        this.closed = null;
        this.timeline.last = last ?? LAST;
    }

    /** The user is out, and does not come back automatically. */
    close(reason) {
        this.joined = false;
        this.closed = reason;
    }

    #joined(event) {
        if (!this.#backlogKnown) this.backlog = event.head;
        this.#backlogKnown = true;
        this.#awaited = event.head;
        this.#set({ joined: true, closed: null, readingFailed: null });
        this.#is(event, event.head);
        if (this.timeline.position?.after === event.head) this.#unread.reach(event.head, event.n);
        return true;
    }

    #left({ reason }) {
        if (reason === 'removed') this.close(reason);
        return this.#set({ joined: false });
    }

    #begin() {
        this.#backlogKnown = false;
        this.#knownAt = 0;
        this.#unread.reset();
    }

    #happened(entry, me, target) {
        const own = entry.from?.id === me && me != null;
        this.#unread.heard(entry, { own, mention: !own && isMention(entry, me, target) });
        if (entry.at > (this.at ?? '')) this.at = entry.at;
        if (entry.type === 'message') this.#typing = this.#typing.filter(({ id }) => id !== entry.from.id);
        if (entry.seq <= this.#knownAt) return;
        if (entry.type === 'changed')
            this.#set({ topic: entry.topic ?? this.topic, archived: entry.archived ?? this.archived });
        if (entry.type === 'added' || entry.type === 'removed')
            this.member = entry.user.id === me ? entry.type === 'added' : this.member;
    }

    /** Applies the state of the room at its entry `seq`. */
    #is({ access, topic, archived, moderator }, seq) {
        this.#knownAt = seq;
        this.#set({
            access: access ?? this.access,
            topic: topic ?? '',
            archived: archived ?? false,
            moderator: moderator ?? false,
        });
    }

    #types(users) {
        this.#typing = users;
        this.#typedAt = this.#now();
        return true;
    }

    #set(values) {
        Object.assign(this, values);
        return true;
    }
}

/** True when this entry mentions the user; null if it is an edit whose `target`, which may mention them, is unknown. */
function isMention({ type, mentions }, me, target) {
    if (!mentions?.includes(me)) return false;
    if (type === 'message') return true;
    return target ? !target.mentions?.includes(me) : null;
}
