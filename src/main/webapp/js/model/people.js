import { fold } from './text.js';

const MOST_MENTIONS = 16;

/**
 * Returns those of `people` (`{id, name}`) with a word in their name that starts with `word`, each once: exact matches
 * first, then in their order.
 */
export function peopleFor(word, people) {
    const begin = fold(word);
    const fits = ({ name }) =>
        fold(name).startsWith(begin) ||
        fold(name)
            .split(/\s+/)
            .some((part) => part.startsWith(begin));
    const seen = new Set();
    const so = ({ name }) => Number(fold(name) === begin);
    return people
        .filter((person) => fits(person) && !seen.has(person.id) && seen.add(person.id))
        .sort((a, b) => so(b) - so(a));
}

/** Returns a text in pieces, `{text, called}`: each `@name` of `names` is a piece of its own. */
export function callsIn(text, names) {
    const longestFirst = [...names].sort((a, b) => b.length - a.length);
    return longestFirst.reduce(
        (pieces, name) => pieces.flatMap((piece) => (piece.called ? [piece] : callsOf(`@${name}`, piece.text))),
        [{ text, called: false }],
    );
}

function callsOf(call, text) {
    const between = text.split(call).map((part) => ({ text: part, called: false }));
    return between
        .flatMap((piece, i) => (i === 0 ? [piece] : [{ text: call, called: true }, piece]))
        .filter((piece) => piece.text !== '');
}

/** Returns the ids of those of `people` whom the text mentions by `@name`. */
export function mentionsIn(text, people) {
    let rest = text;
    const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
    const called = longestFirst.filter(({ name }) => {
        const parts = rest.split(`@${name}`);
        rest = parts.join('\n');
        return parts.length > 1;
    });
    return [...new Set(called.map(({ id }) => id))].slice(0, MOST_MENTIONS);
}

/**
 * Returns a function from an id to a name, or null, from the roster of the room, its authors, and `me`: collected at
 * the first call.
 */
export function namesIn({ roster, timeline }, me) {
    let names = null;
    const all = () =>
        new Map(
            [...timeline.entries.map(({ from }) => from), ...roster.here, me]
                .filter(Boolean)
                .map(({ id, name }) => [id, name]),
        );
    return (id) => (names ??= all()).get(id) ?? null;
}
