import { Outbox } from '../model/outbox.js';
import { Database } from '../store/database.js';
import { element, onWish, scope } from './base.js';

export const database = new Database(scope);
export const outbox = new Outbox(database);

let here = null;
let early = [];

/**
 * What is being written: kept with every key, and there again when one comes back to its room. What is said goes into the
 * outbox; somebody will come who delivers it.
 */
export function startWriting() {
    onWish('draft', ({ room, draft }) => database.saveDraft(room, draft));
    early = [
        onWish('post', (said) => outbox.add({ type: 'post', ...said })),
        onWish('revise', ({ seq, ...said }) => outbox.add({ type: 'edit', target: seq, ...said })),
    ];
}

/** From now on somebody else hears what is said. */
export function handOver() {
    for (const stop of early) stop();
}

/** Goes on writing in `room`, which has at least a `name`. */
export async function writeIn(room) {
    if (here === room.name) return;
    here = room.name;
    const composer = element('warung-composer');
    composer.open(room);
    const draft = await database.draft(room.name);
    if (draft && here === room.name) composer.resume(draft);
}
