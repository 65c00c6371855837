import { fold } from './text.js';

const MOST_MENTIONS = 16;

/**
 * Those of `people` (`{id, name}`) of whose name a word begins with `word`, each once: first who is called just so,
 * then in their order.
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

/** A text in pieces, `{text, called}`: `@name` stands by itself for each of the `names`. */
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

/** The ids of those of `people` whom the text calls by `@name`. */
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
 * Tells the name of an id, or null, among those who are in a room, were heard there, and `me`: collected when the first
 * is asked for.
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
