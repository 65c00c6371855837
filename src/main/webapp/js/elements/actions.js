/**
 * What a reader can want of the page. An element dispatches an action; it bubbles as a DOM event, `warung:` and its
 * name, to the modules of `page/` that handle it: each with the type of its payload and what is to be done. Absent is
 * one value, here and in all of `model/` and `net/`: null. A payload that is not there is null, and so is a field of
 * one; what comes from outside may leave fields out, so absence is asked for by `== null`, `??` and `?.` alone.
 *
 * @typedef {{id: string, name: string}} Person
 * @typedef {{text: string, people: Person[], reply: ?Object, edit: ?Object}} Draft of `ComposerState`; `rest` is one
 * @typedef {{room: string, text: string, replyTo: ?number, epoch: ?string, mentions: ?string[], rest: Draft}} Post
 * @typedef {{room: string, seq: number, epoch: ?string, text: string, rest: Draft}} Edit
 * @typedef {{row: Row, actions: string[], box: DOMRect, at: ?string}} Menu
 * @typedef {Object} Row a `message` or `pending` row of `rowsOf`
 * @typedef {Object} Item an item of the `Outbox`
 */
export const ACTIONS = new Set([
    /** @type {string} Be called this. Handled by sign-in-page and main-part. */
    'name',
    /** @type {string} Speak this language, a tag of `LANGUAGES`. Handled by environment. */
    'language',
    /** @type {null} Connect now. Handled by loading and shell. */
    'reconnect',

    /** @type {{room: string, draft: Draft}} This is being written. Handled by drafts. */
    'draft',
    /** @type {Post} Say this; `rest` is written on. Handled by drafts and speaking. */
    'post',
    /** @type {Edit} Make a message say this. Handled by drafts. */
    'revise',
    /** @type {null} A key was pressed in the field. Handled by shell. */
    'typing',
    /** @type {null} Edit the last message that is ours. Handled by speaking. */
    'edit-last',

    /** @type {Row} Answer this message. Handled by speaking. */
    'reply',
    /** @type {Row} Edit it. Handled by speaking. */
    'edit',
    /** @type {Row} Delete it. Handled by speaking. */
    'delete',
    /** @type {Row} Copy the link to it. Handled by speaking. */
    'link',
    /** @type {Menu} Offer what can be done with it, beside `box`, pointing `at` one of them. Handled by speaking. */
    'menu',
    /** @type {Item} Try again what the server refused. Handled by speaking. */
    'retry',
    /** @type {Item} Give it up, or take back what has not gone out. Handled by speaking. */
    'discard',
    /** @type {Item} Put it back into the field. Handled by speaking. */
    'takeback',

    /** @type {?number} Read more of what is before the range of this seq, or the live one. Handled by conversation. */
    'earlier',
    /** @type {?number} The same after it. Handled by conversation. */
    'later',
    /** @type {number} Read what is around this seq. Handled by conversation. */
    'around',
    /** @type {number} Read the entry at this seq, which a message quotes. Handled by conversation. */
    'source',
    /** @type {null} Go to the end of the room. Handled by conversation. */
    'latest',
    /** @type {number} Move the timeline by so many heights of what is seen. Handled by conversation. */
    'scroll',

    /** @type {string} Go to the room of this name. Handled by dialogs. */
    'room',
    /** @type {{room: string, seq: ?number}} Go to a room, and to a message in it. Handled by dialogs. */
    'place',
    /** @type {number} Go to the message at this seq of the room on the page. Handled by dialogs. */
    'message',
    /** @type {null} Open the search in the room on the page. Handled by dialogs. */
    'search',
    /** @type {null} Open or close the sidebar, where it is a drawer. Handled by drawer. */
    'drawer',
    /** @type {null} Choose a room or a person to go to. Handled by dialogs. */
    'switcher',
    /** @type {null} Choose a person to write to. Handled by dialogs. */
    'write',
    /** @type {string} Offer people and rooms for this text. Handled by dialogs. */
    'search-people',
    /** @type {null} Ask for more rooms to choose from. Handled by dialogs. */
    'more-rooms',
    /** @type {Person} Go to the conversation with them. Handled by dialogs. */
    'direct',
    /** @type {?string} Open the form for a new room, of this name. Handled by dialogs. */
    'new-room',
    /** @type {{name: string, topic: string, access: string}} Make a room. Handled by dialogs. */
    'create',

    /** @type {null} Open the settings of the room on the page. Handled by dialogs. */
    'room-settings',
    /** @type {string} Give the room this topic. Handled by dialogs. */
    'topic',
    /** @type {boolean} Archive the room, or open it again. Handled by dialogs. */
    'archive',
    /** @type {boolean} Mute the room, or no longer. Handled by dialogs. */
    'mute',
    /** @type {null} Leave the room. Handled by dialogs. */
    'leave-room',
    /** @type {null} Show who is in the room. Handled by dialogs. */
    'people',
    /** @type {Person} Make them a member. Handled by dialogs. */
    'add-member',
    /** @type {Person} Make them a member no longer. Handled by dialogs. */
    'remove-member',

    /** @type {null} Open the user's own settings. Handled by dialogs. */
    'profile',
    /** @type {string} What is worth a notice: one of `LEVELS`. Handled by notices. */
    'notify',
    /** @type {boolean} Whether notices make a sound. Handled by notices. */
    'sound',
    /** @type {null} Show what the keys do. Handled by dialogs. */
    'keys',
]);

/** Tells the page from `node` that somebody wants this. Throws when nobody knows an action of this name. */
export function dispatch(node, name, payload) {
    node.dispatchEvent(new CustomEvent(eventOf(name), { bubbles: true, detail: payload ?? null }));
}

/** Calls `act(payload)` at each action of this name; the returned function ends that. Throws when nobody knows it. */
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
