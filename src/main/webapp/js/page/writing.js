import { onAction } from '../elements/actions.js';
import { newItem, Outbox } from '../model/outbox.js';
import { Database } from '../store/database.js';
import { Farewell } from '../store/farewell.js';
import { SharedDraft } from '../store/shared-draft.js';
import { Tabs } from '../store/tabs.js';
import { element, scope } from './environment.js';

export const tabs = new Tabs(scope);
export const database = new Database(scope, tabs.id);
export const outbox = new Outbox(database);

const farewell = new Farewell(scope, tabs.id);

let here = null;
/** That, and those of other rooms of which something may still be on its way. */
let drafts = [];
let spokenIn = null;
let deliver = (items) => outbox.restore(items);

/**
 * What is being written: kept with every key, on all pages of this browser at once, and there again when one comes back to its
 * room. What is said goes into the outbox; somebody will come who delivers it.
 */
export function startWriting() {
    onAction('draft', ({ room, draft }) => room === here?.room && here.save(draft));
    onAction('post', ({ rest, ...said }) => {
        spokenIn = said.room;
        send({ type: 'post', ...said }, rest);
    });
    onAction('revise', ({ rest, seq, ...said }) => send({ type: 'edit', target: seq, ...said }, rest));
    tabs.on('draft', (room) => room === here?.room && here.refresh());
    for (const name of ['focus', 'pageshow']) addEventListener(name, () => here?.refresh());
    addEventListener('pagehide', () => farewell.leave(drafts.map(({ undone }) => undone).filter(Boolean)));
    addEventListener('pageshow', () => farewell.stay());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && here?.refresh());
}

/** Does what pages that were left in the middle of it had begun, and forgets those that are `gone(id)`; resolves when that is done. */
export async function finishOthers(gone) {
    const redo = async (undone) => deliver(await draftOf(undone.room, () => false).redo(undone));
    if (await farewell.finish(redo)) database.tidy(gone);
    here?.refresh();
}

/** From now on what is said is delivered by `act(items)`; returns the name of the room in which something was said before, or null. */
export function handOver(act) {
    deliver = act;
    return spokenIn;
}

/** Goes on writing in `room`, which has at least a `name`. */
export function writeIn(room) {
    const { name } = room;
    if (here?.room === name) return;
    here?.close();
    const composer = element('warung-composer');
    composer.open(room);
    here = draftOf(name, (draft) => composer.follow(draft));
    drafts = [...drafts.filter(({ undone }) => undone), here];
    here.refresh();
}

function draftOf(room, show) {
    return new SharedDraft({ room, database, show, tell: () => tabs.tell('draft', room) });
}

/** It is delivered only when it is in the outbox, and in no other page's. */
async function send(said, rest) {
    const item = newItem(said);
    if (await here.send(item, rest)) deliver([item]);
}
