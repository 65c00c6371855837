import { Attention } from './attention.js';
import { Announcer } from './elements/announcer.js';
import { defineElements } from './elements/index.js';
import { chooseLanguage, currentLanguage, speak } from './i18n/i18n.js';
import { Outbox } from './model/outbox.js';
import { Room } from './model/room.js';
import { ChatClient } from './net/chat-client.js';
import { Database } from './store/database.js';
import { StoredIdentity } from './store/identity.js';
import { Settings } from './store/settings.js';

const FIRST_ROOM = 'lobby';

const base = new URL('.', location.href);
const settings = new Settings(base.pathname);
const identity = new StoredIdentity(base.pathname);
const database = new Database(base.pathname);
const outbox = new Outbox(database);
const client = new ChatClient({ url: socketUrl(), identity, outbox });
const attention = new Attention();
const element = (name) => document.querySelector(name);

let announcer;
let room = null;

speakAtFirst();
defineElements();
listenToClient();
listenToPage();
listenToBrowser();
await begin();

async function begin() {
    announcer = new Announcer(element('#announcer'));
    outbox.restore(await database.outbox());
    await go();
    if (!client.start()) element('warung-welcome').open(roomInAddress());
    else enter();
}

function enter() {
    element('warung-welcome').hidden = true;
    element('#room').hidden = false;
    element('warung-composer').focus();
}

/** To the room the address names. */
async function go() {
    const name = roomInAddress();
    if (room?.name === name) return;
    if (room && outbox.of(room.name).length === 0) client.leave(room.name);
    room = client.join(name);
    settings.visited(name);
    attention.place = name;
    element('warung-bar').room = name;
    draw();
    element('warung-composer').open(name, await database.draft(name));
}

function draw() {
    const me = client.user ?? identity.load();
    element('warung-timeline').show({ room, pending: outbox.of(room.name), me, newFrom: attention.newFrom });
}

function listenToClient() {
    client.on('status', (status) => (element('warung-status').status = status));
    client.on('room', (changed) => changed === room && draw());
    client.on('notice', (error) => (element('warung-status').notice = error));
    client.on('removed', ({ room: left, reason }) => left === room && (element('warung-status').notice = { code: reason }));
    client.on('message', heard);
    client.on('user', (user) => {
        element('warung-bar').user = user;
        element('warung-composer').most = client.limits.maxTextChars;
    });
    client.on('refused', () => {
        const { token, name } = identity.load();
        if (token) return element('warung-profile').show(name, true);
        element('#room').hidden = true;
        element('warung-welcome').open(room.name, true);
    });
}

function heard({ room: where, message, fresh }) {
    if (where !== room || !fresh || message.from.id === client.user?.id) return;
    attention.heard(message);
    announcer.said(message);
    element('warung-timeline').arrived();
}

function listenToPage() {
    const on = (name, act) => addEventListener(`warung:${name}`, ({ detail }) => act(detail));
    on('name', (name) => {
        client.rename(name);
        enter();
    });
    on('post', (text) => {
        attention.seen();
        client.post(room.name, text);
        element('warung-timeline').toEnd();
    });
    on('draft', (text) => database.saveDraft(room.name, text));
    on('retry', (item) => client.retry(item));
    on('discard', (item) => client.discard(item));
    on('edit', (item) => {
        client.discard(item);
        element('warung-composer').takeBack(item.text);
    });
    on('room', (name) => (location.hash = name));
    on('reconnect', () => client.connection.open());
    on('earlier', () => client.earlier(room.name));
    on('scroll', (heights) => element('warung-timeline').page(heights));
    on('latest', () => element('warung-timeline').toEnd());
    on('profile', () => element('warung-profile').show(client.user.name));
    on('places', () => element('warung-places').show(settings.places));
    on('keys', () => element('warung-keys').open());
    on('language', (tag) => {
        settings.language = tag;
        say(tag);
    });
}

function listenToBrowser() {
    addEventListener('hashchange', go);
    addEventListener('online', () => client.wake());
    addEventListener('offline', () => client.connection.offline());
    addEventListener('pageshow', ({ persisted }) => persisted && client.wake());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.wake());
    document.addEventListener('keydown', pressed);
    visualViewport?.addEventListener('resize', fit);
    attention.on('back', draw);
    identity.onChange(() => {
        if (!element('warung-welcome').hidden && client.start()) enter();
    });
}

/** On phones whose keyboard lies over the page instead of making it smaller. */
function fit() {
    if (visualViewport.scale !== 1) return;
    document.body.style.height = `${visualViewport.height}px`;
    scrollTo(0, 0);
}

function pressed(event) {
    if (event.isComposing || document.querySelector('dialog[open]')) return;
    const writing = event.target.closest?.('input, textarea, select');
    const command = event.ctrlKey || event.metaKey;
    const act =
        command && !event.altKey && event.key.toLowerCase() === 'k' ? () => element('warung-places').show(settings.places)
        : writing || command || event.altKey ? null
        : event.key === '?' ? () => element('warung-keys').open()
        : event.key === '/' ? () => element('warung-composer').focus()
        : event.key === 'Escape' ? () => element('warung-timeline').toEnd()
        : null;
    if (!act || element('#room').hidden) return;
    event.preventDefault();
    act();
}

function speakAtFirst() {
    say(settings.language ?? chooseLanguage(navigator.languages));
}

function say(tag) {
    speak(tag);
    document.documentElement.lang = currentLanguage();
}

function roomInAddress() {
    const [name] = location.hash.slice(1).split('/');
    return Room.isName(name) ? name : FIRST_ROOM;
}

function socketUrl() {
    const url = new URL('chat', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
}
