/**
 * The actions that a user can request of the page. An element dispatches an action; it bubbles as a DOM event,
 * `warung:` and its name, to the modules of `page/` that handle it. Each is listed with the type of its payload and
 * its effect. Here, and in all of `model/` and `net/`, one value means absent: null. A missing payload is null, and so
 * is a missing field of one; data from outside may omit fields, so only `== null`, `??` and `?.` test for absence.
 *
 * @typedef {{id: string, name: string}} Person
 * @typedef {{text: string, people: Person[], reply: ?Object, edit: ?Object}} Draft of `ComposerState`; `rest` is one
 * @typedef {{room: string, text: string, replyTo: ?number, call: ?boolean, epoch: ?string, mentions: ?string[],
 *     calls: ?string, rest: Draft}} Post
 * @typedef {{room: string, seq: number, epoch: ?string, text: string, mentions: ?string[], calls: ?string,
 *     rest: Draft}} Edit
 * @typedef {{row: Row, actions: string[], box: DOMRect, at: ?string}} Menu
 * @typedef {Object} Row a `message` or `pending` row of `rowsOf`
 * @typedef {Object} Item an item of the `Outbox`
 */
export const ACTIONS = new Set([
    /** @type {string} Take this name. Handled by sign-in-page and account. */
    'name',
    /** @type {?string} Sign in, by `oidc` or `here`; null: the way there is. Handled by sign-in-page and profile. */
    'sign-in',
    /** @type {boolean} Take the token that the address has brought, or stay who one is. Handled by handed-over. */
    'token',
    /** @type {?{everywhere: boolean}} Sign out here, or on all devices. Handled by account. */
    'sign-out',
    /** @type {string} End the sign-in of this id. Handled by profile. */
    'end-session',
    /** @type {string} Switch to this language, a tag of `LANGUAGES`. Handled by environment. */
    'language',
    /** @type {null} Connect now. Handled by loading and shell. */
    'reconnect',

    /** @type {{room: string, draft: Draft}} Keep this draft. Handled by drafts. */
    'draft',
    /** @type {Post} Post this; `rest` stays in the composer. Handled by drafts and speaking. */
    'post',
    /** @type {Edit} Give a message this text. Handled by drafts. */
    'revise',
    /** @type {null} Signal that a key was pressed in the field. Handled by shell. */
    'typing',
    /** @type {null} Edit the user's last message. Handled by speaking. */
    'edit-last',

    /** @type {Row} Reply to this message. Handled by speaking. */
    'reply',
    /** @type {Row} Edit this message. Handled by speaking. */
    'edit',
    /** @type {Row} Delete this message. Handled by speaking. */
    'delete',
    /** @type {{seq: number, emoji: string, on: boolean}} React to a message, or take that back. Handled by speaking. */
    'react',
    /** @type {{text: string}} Copy this text, of a message or a part of one. Handled by speaking. */
    'copy',
    /** @type {Row} Copy the link to this message. Handled by speaking. */
    'link',
    /** @type {Row} Have this message and what follows unread again. Handled by speaking. */
    'unread',
    /** @type {Menu} Open the menu of a message beside `box`, with the action `at` focused. Handled by dialogs. */
    'menu',
    /** @type {{row: ?Row, box: DOMRect}} Choose an emoji, for a message or the text. Handled by picker. */
    'pick',
    /** @type {string} This emoji is chosen. Handled by picker. */
    'picked',
    /** @type {number} Show emoji in this skin tone from now on. Handled by picker. */
    'tone',
    /** @type {Item} Retry an item that the server refused. Handled by speaking. */
    'retry',
    /** @type {Item} Discard a refused item, or undo one that was not sent yet. Handled by speaking. */
    'discard',
    /** @type {Item} Put this item back into the field. Handled by speaking. */
    'takeback',

    /** @type {?number} Load what precedes the range of this seq, or the live range. Handled by conversation. */
    'earlier',
    /** @type {?number} Load what follows the range of this seq, or the live range. Handled by conversation. */
    'later',
    /** @type {number} Load the entries around this seq. Handled by conversation. */
    'around',
    /** @type {number} Load the entry at this seq, which a message quotes. Handled by conversation. */
    'source',
    /** @type {null} Go to the end of the room. Handled by conversation. */
    'latest',
    /** @type {number} Scroll the timeline by this many view heights. Handled by conversation. */
    'scroll',

    /** @type {string} Go to the room of this name. Handled by shell. */
    'room',
    /** @type {{room: string, seq: ?number}} Go to a room, and to a message in it. Handled by shell. */
    'place',
    /** @type {number} Go to the message at this seq of the current room. Handled by dialogs. */
    'message',
    /** @type {null} Open the search in the current room. Handled by dialogs. */
    'search',
    /** @type {null} Open or close the sidebar where it is a drawer. Handled by drawer. */
    'drawer',
    /** @type {{room: string, on: boolean}} Keep this room at hand, or no longer. Handled by shell. */
    'star',
    /** @type {null} Open the directory of rooms. Handled by dialogs. */
    'directory',
    /** @type {null} Open the choice of rooms and people. Handled by dialogs. */
    'switcher',
    /** @type {null} Open the choice of a person to message. Handled by dialogs. */
    'write',
    /** @type {null} Open what concerns the user. Handled by activity. */
    'activity',
    /** @type {null} Load earlier entries of that. Handled by activity. */
    'more-activity',
    /** @type {string} Suggest people and rooms for this text. Handled by dialogs. */
    'search-people',
    /** @type {null} Load more rooms to choose from. Handled by dialogs. */
    'more-rooms',
    /** @type {Person} Go to the direct conversation with this person. Handled by dialogs. */
    'direct',
    /** @type {?string} Open the form for a new room, with this title or name. Handled by dialogs. */
    'new-room',
    /** @type {{name: ?string, title: ?string, topic: string, access: string}} Create a room. Handled by dialogs. */
    'create',

    /** @type {null} Open the settings of the current room. Handled by dialogs. */
    'room-settings',
    /** @type {{title: string, topic: string}} Give the room this title and topic. Handled by dialogs. */
    'describe',
    /** @type {boolean} Archive or unarchive the room. Handled by dialogs. */
    'archive',
    /** @type {boolean} Mute or unmute the room. Handled by dialogs. */
    'mute',
    /** @type {null} Leave the room. Handled by dialogs. */
    'leave-room',
    /** @type {null} Show who is in the room. Handled by dialogs. */
    'people',
    /** @type {{q: string, after: ?string}} Look who is in the room, after those shown. Handled by person. */
    'look-here',
    /** @type {{person: Person, box: DOMRect}} Show the card of this person. Handled by person. */
    'person',
    /** @type {Person} Put a mention of this person into the text. Handled by person. */
    'mention',
    /** @type {Person} Make this person a member. Handled by dialogs. */
    'add-member',
    /** @type {Person} Remove this member. Handled by dialogs. */
    'remove-member',
    /** @type {{person: Person, on: boolean}} Make somebody a moderator of the room, or not. Handled by dialogs. */
    'appoint',

    /** @type {?string} Open the user's own settings; with a name, as the server refused that. Handled by profile. */
    'profile',
    /** @type {string} Set which messages cause a notification: one of `LEVELS`. Handled by notices. */
    'notify',
    /** @type {boolean} Set whether notifications make a sound. Handled by notices. */
    'sound',
    /** @type {?{from: string, to: string}} Set the hours without notifications, `HH:MM`. Handled by notices. */
    'quiet',
    /** @type {null} Show the keyboard shortcuts. Handled by dialogs. */
    'keys',
]);

/** Dispatches the action `name` from `node`. Throws if there is no action of this name. */
export function dispatch(node, name, payload) {
    node.dispatchEvent(new CustomEvent(eventOf(name), { bubbles: true, detail: payload ?? null }));
}

/** Calls `act(payload)` for each action `name`; the returned function stops that. Throws if there is no such action. */
export function onAction(name, act) {
    const event = eventOf(name);
    const hear = ({ detail }) => act(detail);
    addEventListener(event, hear);
    return () => removeEventListener(event, hear);
}

function eventOf(name) {
    if (!ACTIONS.has(name)) throw new TypeError(`There is no action ${name}.`);
    return `warung:${name}`;
}
