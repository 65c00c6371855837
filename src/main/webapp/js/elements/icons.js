import { svg } from './dom.js';

const stroked = (...shapes) =>
    svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' }, ...shapes);
const path = (d) => svg('path', { d });

export const sendIcon = () => stroked(path('M12 19V5.5'), path('M6 11.5l6-6 6 6'));
export const downIcon = () => stroked(path('M12 5v13.5'), path('M6 12.5l6 6 6-6'));
export const chevronIcon = () => stroked(path('M7 10l5 5 5-5'));
export const clockIcon = () => stroked(svg('circle', { cx: 12, cy: 12, r: 8 }), path('M12 7.5V12l3 2'));
export const alertIcon = () =>
    stroked(svg('circle', { cx: 12, cy: 12, r: 8.5 }), path('M12 7.5v5.5'), path('M12 16.2v.1'));
export const closeIcon = () => stroked(path('M7 7l10 10'), path('M17 7L7 17'));
export const replyIcon = () => stroked(path('M9.5 6L4.5 11l5 5'), path('M5 11h8.5a6 6 0 0 1 6 6v1'));
export const editIcon = () => stroked(path('M5 19l1-4L15.5 5.5a2.1 2.1 0 0 1 3 3L9 18z'));
export const linkIcon = () =>
    stroked(
        path('M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1'),
        path('M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1'),
    );
export const copyIcon = () => stroked(path('M9 9h10v10H9zM15 9V5H5v10h4'));
export const wrapIcon = () => stroked(path('M4 7h16M4 12h13a3 3 0 0 1 0 6h-4m2-2-2 2 2 2M4 17h5'));
export const deleteIcon = () => stroked(path('M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12'));
export const searchIcon = () => stroked(svg('circle', { cx: 10.5, cy: 10.5, r: 6 }), path('M15 15l5 5'));
export const keysIcon = () =>
    stroked(
        svg('rect', { x: 3, y: 6.5, width: 18, height: 11.5, rx: 2 }),
        path('M7 10.5h.1M12 10.5h.1M17 10.5h.1M8.5 14.5h7'),
    );
export const menuIcon = () => stroked(path('M4.5 7.5h15M4.5 12h15M4.5 16.5h15'));
export const plusIcon = () => stroked(path('M12 6v12M6 12h12'));
export const smileIcon = () =>
    stroked(
        path('M16.5 4.9A8.5 8.5 0 1 0 20 9.5M8 14q4 4.5 8 0M9 9.5v.5M15 9.5v.5M18 3v5M15.5 5.5h5'),
    );
export const hashIcon = () => stroked(path('M9.8 5.5l-2 13M16.2 5.5l-2 13M5.5 9.5h14M4.5 14.5h14'));
export const lockIcon = () =>
    stroked(svg('rect', { x: 6, y: 11, width: 12, height: 8.5, rx: 2 }), path('M8.5 11V8.5a3.5 3.5 0 0 1 7 0V11'));
export const peopleIcon = () =>
    stroked(
        svg('circle', { cx: 9, cy: 8.5, r: 3.5 }),
        path('M3 19c.6-3.4 2.8-5 6-5s5.4 1.6 6 5'),
        path('M15.5 5.4a3.5 3.5 0 0 1 0 6.2M17.8 14.4c1.8.800 2.9 2.3 3.2 4.6'),
    );
export const starIcon = () =>
    stroked(path('M12 4.2l2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.6-4.8 2.6.9-5.4-3.9-3.8 5.4-.8z'));
export const bellIcon = () =>
    stroked(
        path('M12 4a5.5 5.5 0 0 0-5.5 5.5c0 3.5-.7 5-1.7 6.5h14.4c-1-1.5-1.7-3-1.7-6.5A5.5 5.5 0 0 0 12 4z'),
        path('M10.3 19a2 2 0 0 0 3.4 0'),
    );
export const unreadIcon = () =>
    stroked(path('M13.5 6H5v12.5h14V11'), svg('circle', { cx: 18.5, cy: 5.5, r: 2.5, class: 'dot' }));
export const bellOffIcon = () =>
    stroked(
        path('M8.2 6.5A5.5 5.5 0 0 1 17.5 10.5c0 2 .4 3.5 1 4.5'),
        path('M6.7 9.5c-.2 3.5-.8 5-1.7 6.5h11.5'),
        path('M10.3 19a2 2 0 0 0 3.4 0'),
        path('M4.5 4.5l15 15'),
    );

let lamps = 0;

/** The lamp over the table: the page's logo. */
export function lampIcon(name) {
    const light = `lamplight-${lamps++}`;
    const ends = [svg('stop', { offset: 0, class: 'near' }), svg('stop', { offset: 1, class: 'far' })];
    return svg(
        'svg',
        { viewBox: '0 0 48 48', class: name ?? 'lamp', 'aria-hidden': 'true', focusable: 'false' },
        svg('linearGradient', { id: light, x1: 0, y1: 0, x2: 0, y2: 1 }, ...ends),
        svg('path', { fill: `url(#${light})`, d: 'M13 25h22l9 21H4z' }),
        svg('path', { class: 'cord', d: 'M24 0v11' }),
        svg('path', { class: 'shade', d: 'M24 9c7.5 0 12 7 13 16H11c1-9 5.5-16 13-16z' }),
        svg('path', { class: 'bulb', d: 'M19.5 25a4.5 4.5 0 0 0 9 0z' }),
    );
}

/** A glass of hot tea, for a room without messages. */
export function teaIcon() {
    return svg(
        'svg',
        { viewBox: '0 0 64 64', class: 'tea', 'aria-hidden': 'true', focusable: 'false' },
        svg('path', { class: 'fill', d: 'M19.5 36h25l-2.5 18a3 3 0 0 1-3 2.6H25a3 3 0 0 1-3-2.6z' }),
        svg('path', { d: 'M18 26h28l-3.9 28a3 3 0 0 1-3 2.6H24.9a3 3 0 0 1-3-2.6z' }),
        svg('path', { d: 'M45 31h3.5a5.5 5.5 0 0 1 0 11H44' }),
        svg('path', { class: 'steam', d: 'M26 19c-2-3 2-4.5 0-8M34 19c-2-3 2-4.5 0-8' }),
    );
}
