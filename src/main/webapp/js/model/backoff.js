const LEAST_MS = 500;
const MOST_MS = 20_000;

/** How long to wait before the next attempt: random (so that thousands do not come back together), growing with each failure. */
export function backoffMs(failures, random, leastMs) {
    const ceiling = Math.min(MOST_MS, LEAST_MS * 2 ** (failures + 1));
    return (leastMs ?? 0) + LEAST_MS + random() * (ceiling - LEAST_MS);
}
