/** Nobody is called inside an address (`a@b.c`). */
const PERSON = /(?<![\w.@-])[@＠]([\p{L}\p{M}\p{N}_-]{0,32})$/u;
/** There is no face in `10:30`, in `http:`, nor after the full colon inside a Chinese sentence. */
const FACE = /(?:(?<![\w:]):|(?<!\S)：)([a-z0-9_+-]{2,20}|\p{Script=Han}{1,4})$/iu;
const CLOSED = /(?<![\w:]):([a-z0-9_+-]{2,20}):$/i;
const LONGEST = 40;

/** What stands before the caret and can be completed, `{type: 'person' | 'emoji', word, from}`, or null. */
export function wantedAt(text, caret) {
    const before = text.slice(Math.max(0, caret - LONGEST), caret);
    const person = PERSON.exec(before);
    const found = person ?? FACE.exec(before);
    return found && { type: person ? 'person' : 'emoji', word: found[1], from: caret - found[0].length };
}

/** The `:name:` that was just closed before the caret, `{word, from}`, or null. */
export function closedAt(text, caret) {
    const found = CLOSED.exec(text.slice(Math.max(0, caret - LONGEST), caret));
    return found && { word: found[1].toLowerCase(), from: caret - found[0].length };
}
