/** The names of browsers and systems as they stand in `User-Agent`: the first that fits counts. */
const BROWSERS = [
    [/\bEdgA?(iOS)?\//, 'Edge'],
    [/\b(OPR|Opera)\//, 'Opera'],
    [/\bSamsungBrowser\//, 'Samsung Internet'],
    [/\b(Firefox|FxiOS)\//, 'Firefox'],
    [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
    [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS = [
    [/\biPad\b/, 'iPad'],
    [/\biPhone\b/, 'iPhone'],
    [/\bAndroid\b/, 'Android'],
    [/\bWindows\b/, 'Windows'],
    [/\bCrOS\b/, 'ChromeOS'],
    [/\bMac OS X\b/, 'macOS'],
    [/\bLinux\b/, 'Linux'],
];

/** Returns what a `User-Agent` says, as `{browser, system}`; each is null if it is none of the usual ones. */
export function agentOf(text) {
    const said = text ?? '';
    const nameIn = (names) => names.find(([pattern]) => pattern.test(said))?.[1] ?? null;
    return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}
