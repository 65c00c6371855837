/** The reactions that are always at hand, each with the name of its picture and its text. */
export const AT_HAND = new Map([
    ['🍵', 'tea'],
    ['🏮', 'lamp'],
    ['❤️', 'heart'],
    ['👍', 'thumb'],
    ['😄', 'smile'],
    ['👀', 'eyes'],
]);

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*\d]\ufe0f?\u20e3)/u;

/** True for a text that is one emoji, given its `letters` as people count them. */
export function isOneEmoji(letters) {
    return letters.length === 1 && EMOJI.test(letters[0]);
}
