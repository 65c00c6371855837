import { mayCall } from './permissions.js';
import { isQuiet } from './shown.js';
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
    /** What people call it, in any script; empty if it has no title. */
    title = '';
    /** Who may call everybody (`anybody`, `members` or `moderators`), and whether the user may. */
    calls = 'moderators';
    mayCall = false;
    /** Whether the user wants it at hand. */
    starred = false;
    archived = false;
    /** Whether the user may read it, but not write for want of rights. */
    readOnly = false;
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
        this.starred = Boolean(summary.starred);
        if (!this.at || summary.at > this.at) this.at = summary.at ?? null;
        if (summary.head >= this.#knownAt) this.#is(summary, summary.head);
    }

    /** The server has counted what is unread, `{head, n, at, read, unread, mentions}`; false when that is known. */
    counted(count) {
        const { unread, mentions, uncertain } = this;
        this.#unread.counted(count);
        const later = count.at > (this.at ?? '');
        if (later) this.at = count.at;
        return later || this.uncertain !== uncertain || this.unread !== unread || this.mentions !== mentions;
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

    /** What is beyond `seq` is unread again (`told` is the number of messages there); false when it already was. */
    readBack(seq, told) {
        const n = told ?? (seq === 0 ? 0 : (this.timeline.nAt(seq) ?? this.#nBefore(seq + 1)));
        return n != null && this.#unread.readBack({ seq, n });
    }

    /** Returns the number of messages before the one at `seq`; null if that is not loaded. */
    #nBefore(seq) {
        const entry = this.timeline.at(seq);
        return entry?.type === 'message' ? entry.n - 1 : null;
    }

    /** Somebody calls the user with the message `seq`; false when that is known. */
    called(seq) {
        return this.#unread.called(seq);
    }

    /** The user wants it at hand, or no longer; false when that is known. */
    star(on) {
        const news = this.starred !== on;
        this.starred = on;
        return news;
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
        this.#set({ joined: true, closed: null, readingFailed: null, readOnly: Boolean(event.readOnly) });
        this.#is(event, event.head);
        this.mayCall = Boolean(event.mayCall);
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
        const within = this.member || this.read != null;
        this.#unread.heard(entry, { own, mention: !own && isMention(entry, me, target, within) });
        if (entry.at > (this.at ?? '')) this.at = entry.at;
        if (entry.type === 'message') this.#typing = this.#typing.filter(({ id }) => id !== entry.from.id);
        if (entry.seq <= this.#knownAt) return;
        const { topic, title, calls, archived } = this;
        if (entry.type === 'changed')
            this.#set({
                topic: entry.topic ?? topic,
                title: entry.title ?? title,
                calls: entry.calls ?? calls,
                archived: entry.archived ?? archived,
            });
        if (entry.type === 'added' || entry.type === 'removed')
            this.member = entry.user.id === me ? entry.type === 'added' : this.member;
        if ((entry.type === 'appointed' || entry.type === 'dismissed') && entry.user.id === me)
            this.moderator = entry.type === 'appointed';
        if (me != null && isQuiet(entry)) this.mayCall = mayCall(this, me);
    }

    /** Applies the state of the room at its entry `seq`. */
    #is({ access, topic, title, calls, archived, moderator }, seq) {
        this.#knownAt = seq;
        this.#set({
            access: access ?? this.access,
            topic: topic ?? '',
            title: title ?? '',
            calls: calls ?? 'moderators',
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

/**
 * True when this entry mentions the user, or calls everybody where they are `within`; null if it is an edit whose
 * `target`, which may mention them, is unknown.
 */
function isMention({ type, mentions, calls }, me, target, within) {
    const all = calls === 'all' && within;
    if (!all && !mentions?.includes(me)) return false;
    if (type === 'message') return true;
    return target ? !(target.mentions?.includes(me) || (within && target.calls === 'all')) : null;
}
