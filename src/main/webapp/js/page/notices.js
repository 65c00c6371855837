import { onAction } from '../elements/actions.js';
import { forget } from '../elements/intent.js';
import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isWorthANotice } from '../model/notify.js';
import { isDirect } from '../model/room-list.js';
import { client, element, identity, navigation, scope, settings } from './app.js';
import { tabs } from './writing.js';

const NOTES = [660, 880];
const NOTE_SECONDS = 0.09;

/** Whoever reads it within so long, on whichever page, has seen it for himself. */
const GRACE_MS = 1_000;
const LONGEST = 200;

const shown = new Map();
/** How far, by room, another page has shown the user what is said, or told of it. */
const settled = new Map();
let alone = !navigator.locks;

/** Notices of the system and their sound, for what the user does not see himself. Of all his pages here one does it. */
export function startNotices() {
    navigator.locks?.request(`warung:${scope}:notices`, () => {
        alone = true;
        return new Promise(() => {});
    });
    tabs.on('settled', ({ room, epoch, seq }) => settled.set(room, { epoch, seq }));
    client.on('message', heard);
    client.on('room', ({ name, unread }) => unread === 0 && putAway(name));
    client.on('mentioned', ({ from, in: name, message }) => told('mentioned', from, name, message));
    client.on('invited', ({ from, in: name }) => told(isDirect({ name }) ? 'written' : 'invited', from, name));
    onAction('notify', choose);
    onAction('sound', (sound) => (settings.sound = sound));
}

function heard({ room, message, fresh }) {
    const { level, muted } = settings;
    if (!fresh || !isWorthANotice(room, message, { me: identity.load().id, level, muted })) return;
    if (sees(room)) settle(room, message.seq);
    setTimeout(() => {
        if (!alone || sees(room) || isSettled(room, message.seq)) return;
        settle(room, message.seq);
        show({ title: `${message.from.name} · ${roomText(room)}`, body: message.text.slice(0, LONGEST), room: room.name, seq: message.seq });
    }, GRACE_MS);
}

function sees(room) {
    return document.visibilityState === 'visible' && navigation.room === room;
}

/** No other page need tell of it. */
function settle(room, seq) {
    tabs.tell('settled', { room: room.name, epoch: room.timeline.epoch, seq });
}

function isSettled(room, seq) {
    const { epoch, seq: to } = settled.get(room.name) ?? {};
    return seq <= (room.read?.seq ?? 0) || (epoch === room.timeline.epoch && seq <= to);
}

/** What is in the inbox is about a room that is not joined, or not yet: what is said in others is heard there. */
function told(what, from, name, seq = null) {
    const room = client.find(name) ?? { name };
    if (settings.level === 'none' || settings.muted.has(name) || room.joined) return;
    show({ title: from.name, body: t(`notice.${what}`, { name: from.name, room: roomText(room) }), room: name, seq });
}

function show({ title, body, room, seq }) {
    if (!alone) return;
    if (settings.sound) blip();
    if (globalThis.Notification?.permission !== 'granted') return;
    try {
        const notice = new Notification(title, { body, tag: `warung ${room}`, icon: 'icons/warung-192.png', silent: true });
        notice.onclick = () => {
            notice.close();
            window.focus();
            forget();
            navigation.go(room, seq);
        };
        shown.set(room, notice);
    } catch (fault) {
        console.warn('This browser shows notices only through a service worker.', fault);
    }
}

function putAway(room) {
    shown.get(room)?.close();
    shown.delete(room);
}

/** The browser is asked only when the user wants notices. */
async function choose(level) {
    settings.level = level;
    const answer = level === 'none' ? 'granted' : await globalThis.Notification?.requestPermission();
    element('warung-profile').attention = settings;
    element('warung-profile').denied = answer !== 'granted';
}

let context = null;

/** Two short soft notes. */
function blip() {
    context ??= new AudioContext();
    context.resume();
    NOTES.forEach((hertz, i) => play(hertz, context.currentTime + i * NOTE_SECONDS));
}

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
