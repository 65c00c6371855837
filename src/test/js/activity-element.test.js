import { onAction } from '../../main/webapp/js/elements/actions.js';
import { ActivityElement } from '../../main/webapp/js/elements/activity.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { same, test } from './harness.js';

customElements.define('test-activity', ActivityElement);
speak('en');

const people = (...names) => names.map((name) => ({ id: `u-${name}`, name }));
const source = (text, more) => ({ state: 'there', room: { name: 'kitchen' }, message: { text }, ...more });
const row = (seq, more) => ({
    type: 'mentioned',
    key: `${seq}`,
    seq,
    room: 'kitchen',
    message: seq,
    at: '2026-11-23T12:00:00Z',
    people: people('Budi'),
    emojis: [],
    source: source(`text ${seq}`),
    fresh: false,
    ...more,
});

/** An open list, and what was dispatched from it. */
function aList() {
    const list = document.createElement('test-activity');
    document.body.append(list);
    const heard = [];
    const stops = ['place', 'more-activity'].map((name) => onAction(name, (payload) => heard.push([name, payload])));
    list.open();
    const texts = (selector) => [...list.querySelectorAll(selector)].map(({ textContent }) => textContent);
    const end = () => {
        for (const stop of stops) stop();
        list.remove();
    };
    return { list, heard, texts, end };
}

test('each row says who did what where, and leads there; where the user may not read, it leads nowhere', () => {
    const { list, heard, texts, end } = aList();
    list.show({
        rows: [
            row(6, { type: 'reaction', people: people('Ana', 'Budi', 'Citra', 'Dewi'), emojis: ['🍕'] }),
            row(5, { source: source('', { state: 'gone', message: null }) }),
            row(4, { source: source('', { state: 'closed', message: null }) }),
            row(3, { type: 'invited', message: null }),
            row(2, { type: 'revoked', message: null }),
            row(1, { type: 'replied', room: 'direct.u-1.u-2' }),
        ],
        state: 'all',
    });
    same(texts('.what'), [
        'Ana, Budi, and 2 others reacted 🍕 in #kitchen',
        'Budi mentioned you in #kitchen',
        'Budi mentioned you in #kitchen',
        'Budi added you to #kitchen',
        'Budi removed you from #kitchen',
        'Budi replied to you',
    ]);
    same(texts('.said'), ['text 6', 'This message no longer exists.', 'You can no longer read this room.', 'text 1']);
    same(
        [...list.querySelectorAll('a')].map((link) => link.getAttribute('href')),
        ['#kitchen/6', '#kitchen/5', '#kitchen', '#direct.u-1.u-2/1'],
    );
    list.querySelector('a').click();
    same([heard, list.isOpen], [[['place', { room: 'kitchen', seq: 6 }]], false]);
    end();
});

test('a row whose text arrives keeps the focus, and the others keep their nodes', () => {
    const { list, end } = aList();
    const waiting = source('', { state: 'asking', message: null });
    list.show({ rows: [row(2, { source: waiting }), row(1)], state: 'all' });
    const [first, second] = list.querySelectorAll('li');
    first.querySelector('a').focus();
    list.show({ rows: [row(3), row(2), row(1)], state: 'all' });
    same(document.activeElement.row.seq, 2);
    same([...list.querySelectorAll('li')].at(-1) === second, true);
    end();
});

test('more is asked for while the end is near, until all is there', async () => {
    const { list, heard, end } = aList();
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    list.show({ rows: [], state: 'all' });
    await frame();
    same([heard.length, list.querySelector('.empty').hidden], [0, false]);
    list.show({ rows: [row(2)], state: 'some' });
    await frame();
    same(heard.at(-1), ['more-activity', null]);
    const { length } = heard;
    list.show({ rows: [row(2)], state: 'failed' });
    await frame();
    same(heard.length, length, 'the user decides');
    list.querySelector('.sheet > button').click();
    same(heard.length, length + 1);
    end();
});
