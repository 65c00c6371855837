/** Texts of these characters alone have one grapheme a character. */
const PLAIN = /^[\n -\u02ff\u3400-\u9fff\u3001\u3002\uff01-\uff5e]*$/;
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter();

/** Returns the characters of a text as people see them: an emoji or an accented letter is one, whatever its length. */
export function graphemes(text) {
    return [...segmentsOf(text)];
}

/** Returns the beginning of a text, of at most `most` graphemes. */
export function cut(text, most) {
    let end = 0;
    let n = 0;
    for (const each of segmentsOf(text)) {
        if (n++ === most) break;
        end += each.length;
    }
    return text.slice(0, end);
}

/** Returns the end of a text, of at most `most` graphemes. */
export function cutToEnd(text, most) {
    return graphemes(text).slice(-most).join('');
}

/** Without a segmenter, which old browsers lack, by code points. */
function* segmentsOf(text) {
    if (!segmenter || PLAIN.test(text)) yield* text;
    else for (const { segment } of segmenter.segment(text)) yield segment;
}
