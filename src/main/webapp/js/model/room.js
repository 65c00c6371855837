import { LAST, Timeline } from './timeline.js';
import { Unread } from './unread.js';

/** The server says it again at least every 6 seconds. */
const TYPING_MS = 6_500;

/** One room as this client sees it: its timeline, how it is now, and how much of it our user has not read. */
export class Room {
    /** True while the server sends us what happens in it. */
    joined = false;
    /** Why we are out for good (`removed`, or the code of the error), or null. */
    closed = null;
    /**
     * Which page of history is on its way (`earlier`, `later`, `around`), and the code of the error when the last one
     * did not come; else null.
     */
    reading = null;
    readingFailed = null;
    /** `public` or `members`, once known. */
    access = null;
    topic = '';
    archived = false;
    /** Whether our user is one of its moderators, of its members. */
    moderator = false;
    member = false;
    /** The other one of a direct conversation, or null. */
    with = null;
    /** When something last happened here, as far as we know. */
    at = null;
    /** Who is here: `count` may be more than there are `here`. */
    roster = { count: 0, here: [] };
    /** The head of the log when we first came in: what lies beyond is new to the reader. */
    backlog = 0;
    #backlogKnown = false;
    #awaited = 0;
    #knownAt = 0;
    #unread = new Unread();
    #typing = [];
    #typedAt = 0;
    #now;

    /** `last`: how many entries come with the first join. `now` is a monotonic clock in milliseconds. */
    constructor(name, last, now) {
        this.name = name;
        this.timeline = new Timeline(last);
        this.#now = now ?? (() => 0);
    }

    /** The command that goes on where we are. */
    get join() {
        const position = this.timeline.position;
        return position
            ? { type: 'join', room: this.name, epoch: position.epoch, after: position.after }
            : { type: 'join', room: this.name, last: this.timeline.last };
    }

    /** True when what there was when we came in, or came back, has come. */
    get caughtUp() {
        return this.joined && (this.timeline.live?.to ?? 0) >= this.#awaited;
    }

    /** How many messages there have been. */
    get n() {
        return this.#unread.n;
    }

    /** How far our user has read, `{seq, n}`; null when they never were here. */
    get read() {
        return this.#unread.read;
    }

    /** How many messages of others our user has not read, and how many of them mention our user. */
    get unread() {
        return this.#unread.count;
    }

    get mentions() {
        return this.#unread.mentions;
    }

    /** True when only the server can say how much is unread. */
    get uncertain() {
        return this.#unread.uncertain;
    }

    /** Who is writing now. */
    get typing() {
        return this.#now() - this.#typedAt < TYPING_MS ? this.#typing : [];
    }

    /** Takes an event of this room in, as heard by the user `me`; true when there is something new to show. */
    apply(event, me = null) {
        if (event.type === 'roster') return this.#set({ roster: { count: event.count, here: event.here } });
        if (event.type === 'typing') return this.#types(event.users.filter(({ id }) => id !== me));
        if (event.type === 'left') return this.#left(event);
        const { epoch } = this.timeline;
        const news = this.timeline.apply(event);
        if (news && (event.type === 'reset' || (event.type === 'joined' && epoch != null))) this.#begin();
        if (event.type === 'joined') return this.#joined(event);
        if (news && event.seq) this.#happened(event, me);
        return news;
    }

    /** Takes in how the server's list of rooms has it. */
    told(summary) {
        this.#unread.told(summary);
        this.member = Boolean(summary.member);
        this.with = summary.with ?? null;
        if (!this.at || summary.at > this.at) this.at = summary.at ?? null;
        if (summary.head >= this.#knownAt) this.#is(summary, summary.head);
    }

    /**
     * The user has read as far as `seq`, here or elsewhere (`told` how many messages that are then), 0: they have left
     * the room. False when that is not new.
     */
    readTo(seq, told) {
        if (seq === 0) return this.#unread.forget();
        const n = told ?? this.timeline.nAt(seq);
        if (n == null) return seq > (this.read?.seq ?? 0);
        return this.#unread.readTo({ seq, n });
    }

    /** It is to be read, from its latest `last` entries on when there is nothing to go on from. */
    reopen(last) {
        this.closed = null;
        this.timeline.last = last ?? LAST;
    }

    /** We are out, and are not to come back by ourselves. */
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

    #happened(entry, me) {
        const own = entry.from?.id === me && me != null;
        this.#unread.heard(entry, { own, mention: !own && Boolean(entry.mentions?.includes(me)) });
        if (entry.at > (this.at ?? '')) this.at = entry.at;
        if (entry.type === 'message') this.#typing = this.#typing.filter(({ id }) => id !== entry.from.id);
        if (entry.seq <= this.#knownAt) return;
        if (entry.type === 'changed')
            this.#set({ topic: entry.topic ?? this.topic, archived: entry.archived ?? this.archived });
        if (entry.type === 'added' || entry.type === 'removed')
            this.member = entry.user.id === me ? entry.type === 'added' : this.member;
    }

    /** How the room is at its entry `seq`. */
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
