import { onAction } from '../elements/actions.js';
import { forget } from '../elements/intent.js';
import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { cut } from '../model/graphemes.js';
import { isQuietAt, isWorthANotice } from '../model/notify.js';
import { isDirect } from '../model/room-list.js';

/** How soon the user must read a message, on any page, for it to need no notification. */
const GRACE_MS = 1_000;
const LONGEST = 200;
const MOST_LINES = 4;
const NOTES = [660, 880];
const NOTE_SECONDS = 0.09;

/**
 * Starts system notifications and their sound, for messages that the user does not see. One of the user's pages shows
 * them.
 */
export function startNotices({ attention, client, element, identity, navigation, rooms, scope, settings, tabs }) {
    const after = (ms, act) => setTimeout(act, ms);
    const notices = new Notices({
        attention,
        client,
        identity,
        navigation,
        settings,
        tabs,
        after,
        notify: notifier({ navigation, settings }),
        learn: (name) => rooms.named(name),
    });
    if (!navigator.locks) notices.alone = true;
    navigator.locks?.request(`warung:${scope}:notices`, () => {
        notices.alone = true;
        return new Promise(() => {});
    });
    onAction('sound', (sound) => (settings.sound = sound));
    onAction('quiet', (quiet) => (settings.quiet = quiet));
    // The browser is asked only when the user wants this.
    onAction('notify', async (level) => {
        settings.level = level;
        element('warung-profile').attention = settings; // a sound needs no answer
        const answer = level === 'none' ? 'granted' : await globalThis.Notification?.requestPermission();
        element('warung-profile').denied = answer !== 'granted';
    });
}

/** Decides which messages deserve a notification, and which of the user's pages shows it. */
export class Notices {
    #attention;
    #client;
    #identity;
    #navigation;
    #settings;
    #tabs;
    #after;
    #notify;
    #learn;
    /** The notification of each room: how it is shown, what it says, and the first message that it leads to. */
    #shown = new Map();
    /** How far, by room, another page has shown the messages or notifications to the user. */
    #settled = new Map();
    /** True on the one of the user's pages that shows notifications. */
    alone = false;

    /**
     * `after(ms, act)` does something later; `notify({title, body, room, seq})` shows a notification, and returns it if
     * it can be closed, otherwise null. `learn(name)`, if given, asks for the title of a room.
     */
    constructor({ attention, client, identity, navigation, settings, tabs, after, notify, learn }) {
        this.#attention = attention;
        this.#client = client;
        this.#identity = identity;
        this.#navigation = navigation;
        this.#settings = settings;
        this.#tabs = tabs;
        this.#after = after;
        this.#notify = notify;
        this.#learn = learn;
        tabs.on('settled', ({ room, epoch, seq }) => this.#settled.set(room, { epoch, seq }));
        client.on('message', (heard) => this.#heard(heard));
        client.on('room', ({ name, unread }) => unread === 0 && this.#putAway(name));
        // who signs out leaves no messages on the screen
        client.on('status', ({ phase }) => {
            if (phase === 'idle') for (const name of [...this.#shown.keys()]) this.#putAway(name);
        });
        // in a direct conversation, every message is for the user
        client.on('mentioned', (entry) => isDirect({ name: entry.in }) || this.#told('mentioned', entry));
        client.on('replied', (entry) => isDirect({ name: entry.in }) || this.#told('replied', entry));
        client.on('invited', (entry) => this.#told(isDirect({ name: entry.in }) ? 'written' : 'invited', entry));
    }

    #heard({ room, message, fresh }) {
        const { level, muted } = this.#settings;
        if (!fresh || !isWorthANotice(room, message, { me: this.#identity.load().id, level, muted })) return;
        const { seq, from, text } = message;
        this.#unlessSeen(room, seq, {
            title: `${from.name} · ${roomText(room)}`,
            body: cut(text, LONGEST),
            line: t('announce.said', { name: from.name, text: cut(text, LONGEST) }),
            seq,
        });
    }

    /** Shows the notice, unless the user sees the entry `at` of the room soon, on any page. */
    #unlessSeen(room, at, notice) {
        if (this.#sees(room)) this.#settle(room, at);
        this.#after(GRACE_MS, () => {
            if (!this.alone || this.#sees(room) || this.#isSettled(room, at)) return;
            this.#settle(room, at);
            this.#show(room, notice);
        });
    }

    #sees(room) {
        return this.#attention.present && this.#navigation.room === room;
    }

    /** Tells the other pages that they need not notify. */
    #settle(room, seq) {
        this.#tabs.tell('settled', { room: room.name, epoch: room.timeline.epoch, seq });
    }

    #isSettled(room, seq) {
        const { epoch, seq: to } = this.#settled.get(room.name) ?? {};
        return seq <= (room.read?.seq ?? 0) || (epoch === room.timeline.epoch && seq <= to);
    }

    /**
     * Shows an inbox entry, if it is about a room that is not joined (yet), or about an edit: joined rooms report their
     * own messages.
     */
    async #told(what, { from, in: name, message, edit }) {
        if (this.#settings.level === 'none' || this.#settings.muted.has(name)) return;
        const joined = this.#client.find(name)?.joined;
        if (this.#learn) await this.#learn(name);
        const room = this.#client.find(name) ?? { name };
        const body = t(`notice.${what}`, { name: from.name, room: roomText(room) });
        const notice = { title: from.name, body, line: body, seq: message ?? null };
        if (!joined) return this.#show(room, notice);
        // who is told of all messages is told of this one
        const at = edit ?? (what === 'replied' && this.#settings.level === 'mine' ? message : null);
        if (at != null) this.#unlessSeen(room, at, notice);
    }

    /** Shows a notice; if there is one of this room, both together, so that none replaces another in silence. */
    #show(room, { title, body, line, seq }) {
        if (!this.alone) return;
        const { lines, first } = this.#shown.get(room.name) ?? { lines: [], first: seq };
        const all = [...lines, line];
        const together = {
            title: `(${all.length}) ${roomText(room)}`,
            body: all.slice(-MOST_LINES).join('\n'),
        };
        const said = lines.length > 0 ? together : { title, body };
        const notice = this.#notify({ ...said, room: room.name, seq: first });
        if (notice) this.#shown.set(room.name, { notice, lines: all, first });
    }

    #putAway(room) {
        this.#shown.get(room)?.notice.close();
        this.#shown.delete(room);
    }
}

/** Returns a function that shows system notifications, which lead to their message, and plays their sound. */
function notifier({ navigation, settings }) {
    const blip = sound();
    return ({ title, body, room, seq }) => {
        if (isQuietAt(clockTime(), settings.quiet)) return null;
        if (settings.sound) blip();
        if (globalThis.Notification?.permission !== 'granted') return null;
        try {
            const notice = new Notification(title, {
                body,
                tag: `warung ${room}`,
                renotify: true,
                icon: 'icons/warung-192.png',
                silent: true,
            });
            notice.onclick = () => {
                notice.close();
                window.focus();
                forget();
                navigation.go(room, seq);
            };
            return notice;
        } catch (fault) {
            console.warn('This browser shows notices only through a service worker.', fault);
            return null;
        }
    };
}

/** Returns the time on the user's clock, `HH:MM`. */
function clockTime() {
    const now = new Date();
    return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':');
}

/** Returns a function that plays two short soft notes. */
function sound() {
    let context = null;

    function play(hertz, at) {
        const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
        const volume = new GainNode(context, { gain: 0 });
        volume.gain.setValueAtTime(0, at);
        volume.gain.linearRampToValueAtTime(0.12, at + 0.01);
        volume.gain.exponentialRampToValueAtTime(0.001, at + 2 * NOTE_SECONDS);
        tone.connect(volume).connect(context.destination);
        tone.start(at);
        tone.stop(at + 2 * NOTE_SECONDS);
    }

    return () => {
        context ??= new AudioContext();
        context.resume();
        NOTES.forEach((hertz, i) => play(hertz, context.currentTime + i * NOTE_SECONDS));
    };
}
