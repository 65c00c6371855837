import { fold } from './text.js';

/** True for somebody without a sign-in, who could be anybody: their id says so. */
export function isGuest({ id }) {
    return id?.startsWith('u-') ?? false;
}

/** Returns the part of an id that tells two people of one name apart. */
export function idPart({ id }) {
    return id.replace(/^.-/, '').slice(0, 6);
}

/** True when another one of `people` has the same name. */
export function hasNamesake({ id, name }, people) {
    return people.some((other) => other.id !== id && fold(other.name) === fold(name));
}

/**
 * Returns those of `people` (`{id, name}`) with a word in their name where `word`, which may go on after a space,
 * starts; each once: exact matches first, then in their order.
 */
export function peopleFor(word, people) {
    const begin = fold(word);
    const fits = ({ name }) => ` ${fold(name)}`.replace(/\s+/g, ' ').includes(` ${begin}`);
    const seen = new Set();
    const so = ({ name }) => Number(fold(name) === begin);
    return people
        .filter((person) => fits(person) && !seen.has(person.id) && seen.add(person.id))
        .sort((a, b) => so(b) - so(a));
}

/** Returns those of `everybody` (as `EVERYBODY`) whose word begins with `word`. */
export function callsFor(word, everybody) {
    return everybody.filter(({ name }) => fold(name).startsWith(fold(word)));
}

/** True when `word` is the whole name of one of `people`. */
export function isWhole(word, people) {
    const name = fold(word.trimEnd());
    return people.some((person) => fold(person.name) === name);
}

/**
 * Returns a function from an id to the names that this user has had, as far as the room shows them: in its roster, with
 * its entries, and `me`. They are collected at the first call; in `known`, a WeakMap, what the entries say is kept for
 * the next time.
 */
export function namesIn({ roster, timeline }, me, known) {
    let names = null;
    const learn = (found, users) => {
        for (const { id, name } of users.filter(Boolean)) found.set(id, (found.get(id) ?? new Set()).add(name));
    };
    const all = () => {
        const { found, heard } = known?.get(timeline) ?? { found: new Map(), heard: new WeakSet() };
        known?.set(timeline, { found, heard });
        for (const entry of timeline.entries) {
            if (heard.has(entry)) continue;
            heard.add(entry);
            learn(found, [entry.from, entry.user]);
        }
        learn(found, [...roster.here, me]);
        return found;
    };
    return (id) => [...((names ??= all()).get(id) ?? [])];
}
