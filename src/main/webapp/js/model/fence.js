/** The line that opens a block of code, what stands beside it, and the line that closes it. */
export const FENCE = /^\s{0,3}```([^`]*)$/;
export const FENCE_END = /^\s{0,3}```\s*$/;

/** True when the text ends within a block of code that is not closed, after the line that opens it or at its end. */
export function isInFence(text) {
    let open = false;
    for (const line of text.split(/\r\n?|\n/)) open = open ? !FENCE_END.test(line) : FENCE.test(line);
    return open;
}
