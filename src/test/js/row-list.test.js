import { RowList } from '../../main/webapp/js/elements/row-list.js';
import { GONE, rowsOf } from '../../main/webapp/js/model/rows.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { isOneEmoji } from '../../main/webapp/js/model/at-hand.js';
import { graphemes } from '../../main/webapp/js/model/graphemes.js';
import { reactionTo } from '../../main/webapp/js/elements/reactions.js';
import { holds, same, test } from './harness.js';

const entry = (text) => ({
    type: 'message',
    seq: 1,
    at: '2026-11-23T12:00:00Z',
    from: { id: 'ana', name: 'Ana' },
    text,
});
const texts = (list) => [...list.querySelectorAll('.text')].map((node) => node.textContent);

test('an entry of another room with the same seq is drawn anew', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    rows.show(rowsOf({ entries: [entry('in the first')] }), null);
    rows.show(rowsOf({ entries: [entry('in the other')] }), null);
    same(texts(list), ['in the other']);
});

test('an entry that is still there keeps its node', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    const said = entry('still there');
    rows.show(rowsOf({ entries: [said] }), null);
    const node = list.querySelector('.message');
    rows.show(rowsOf({ entries: [said] }), null);
    holds(node === list.querySelector('.message'), 'the node was made anew');
});

test('a row with the focus keeps it when its node is made anew', () => {
    const list = document.createElement('ol');
    document.body.append(list);
    const rows = new RowList(list);
    rows.show(rowsOf({ entries: [entry('before')] }), null);
    const node = list.querySelector('.message');
    node.focus();
    rows.show(rowsOf({ entries: [{ ...entry('after'), edited: '2026-11-23T12:01:00Z' }] }), null);
    holds(!node.isConnected && document.activeElement === list.querySelector('.message'), 'the focus is lost');
    list.remove();
});

test('the row in the place of one with the focus that is gone has the focus', () => {
    const list = document.createElement('ol');
    document.body.append(list);
    const rows = new RowList(list);
    const first = entry('first');
    const own = { ...entry('own'), seq: 2, id: 'c-1' };
    const me = { id: 'ana', name: 'Ana' };
    rows.show(rowsOf({ entries: [first, own], me }), me);
    list.lastElementChild.focus();
    rows.show(rowsOf({ entries: [first, { type: 'erased', seq: 2, deleted: true }], me }), me);
    holds(document.activeElement === list.lastElementChild, 'the focus is not at the deleted message');
    rows.show(rowsOf({ entries: [first], me }), me);
    holds(document.activeElement === list.querySelector('.message'), 'the focus is lost');
    list.remove();
});

test('an answer shows what it answers, or that this is gone or not here', () => {
    const list = document.createElement('ol');
    const answer = { ...entry('yes'), seq: 2, replyTo: 1 };
    const quoted = (source) => {
        new RowList(list).show(rowsOf({ entries: [answer], sourceOf: () => source }), null);
        return list.querySelector('.quote').textContent;
    };
    same(quoted(entry('**Kopi?**')), 'AnaKopi?');
    list.replaceChildren();
    same(quoted(GONE), 'Message deleted');
    list.replaceChildren();
    same(quoted(null), 'Older message');
});

test('our own deleted message offers to take that back as long as it may be', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    const shown = (state) => {
        rows.show(
            rowsOf({ entries: [entry('oops')], pending: [{ id: 'c-1', type: 'delete', target: 1, state }] }),
            null,
        );
        return list.querySelector('.message').textContent;
    };
    same(shown('undoable'), 'Message deleted · Undo');
    same(shown('waiting'), 'Message deleted');
});

test('a row that cannot be drawn shows its text, and the others are drawn', () => {
    const broken = [
        { ...entry('of nobody'), seq: 2, from: null },
        { ...entry('at no time'), seq: 2, at: 'yesterday' },
        { ...entry('of no kind'), seq: 2, type: 'added', user: null },
        { ...entry('answers what has no author'), seq: 2, replyTo: 1 },
        { ...entry('mentions a number'), seq: 2, mentions: 7 },
        { ...entry('edited at no time'), seq: 2, edited: 'never' },
    ];
    for (const each of broken) {
        const list = document.createElement('ol');
        const rows = new RowList(list);
        const sourceOf = () => ({ text: 'source' });
        rows.show(rowsOf({ entries: [entry('before'), each, { ...entry('after'), seq: 3 }], sourceOf }), null);
        same(texts(list), ['before', each.text, 'after']);
    }
    const list = document.createElement('ol');
    const pending = [{ id: 'c-1', type: 'post', state: 'failed', error: 'x', text: 'kept', at: 'at no time' }];
    new RowList(list).show(rowsOf({ entries: [entry('before')], pending }), null);
    same(texts(list), ['before', 'kept']);
});

test('a message shows who reacts with what, and which reactions are the reader’s; what they press again they take back', async () => {
    await speak('en');
    const list = document.createElement('ol');
    const rows = new RowList(list);
    const me = { id: 'u-me', name: 'Me' };
    const [ana, budi] = ['Ana', 'Budi'].map((name) => ({ id: `u-${name}`, name }));
    const show = (reactions) => rows.show(rowsOf({ entries: [{ ...entry('kopi?'), reactions }], me }), me);
    show([
        { emoji: '🍵', count: 23, users: [ana, budi], mine: true },
        { emoji: '🦊', count: 1, users: [me] },
        { emoji: '👀', count: 1, users: [ana], mine: true, changed: new Map([['u-me', false]]) },
    ]);
    const pills = () =>
        [...list.querySelectorAll('.pill[data-do=react]')].map((node) => [node.textContent, node.title, node.ariaPressed]);
    same(pills(), [
        ['23', 'Ana, Budi, and 21 more', 'true'],
        ['🦊1', 'Me', 'true'],
        ['1', 'Ana', 'false'],
    ]);
    const { row } = list.querySelector('.message');
    same(
        ['🍵', '🦊', '👀', '❤️'].map((emoji) => reactionTo(row, emoji).on),
        [false, false, true, true],
    );
    show([]);
    same(pills(), []);
});

test('a pill that stays keeps its element, whatever comes and goes around it', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    const me = { id: 'ana', name: 'Ana' };
    const budi = { id: 'budi', name: 'Budi' };
    const show = (...kinds) => rows.show(rowsOf({ entries: [{ ...entry('kopi?'), reactions: kinds }], me }), me);
    const pills = () => [...list.querySelectorAll('.reactions > *')];
    const texts = () => pills().map((node) => node.textContent);
    const kind = (emoji, ...users) => ({ emoji, count: users.length, users });
    show(kind('🦊', budi), kind('👍🏽', budi));
    const [fox, thumb, more] = pills();
    for (const node of pills()) node.tabIndex = 0; // as while one of them has the focus
    show(kind('🐻', budi), kind('🦊', budi, me), kind('🎉', budi), kind('👍🏽', budi));
    same(texts(), ['🐻1', '🦊2', '🎉1', '👍🏽1', '']);
    same([fox.ariaPressed, fox.title, fox.ariaLabel], ['true', 'Budi, Ana', '🦊, 2: Budi, Ana']);
    holds(pills()[1] === fox && pills()[3] === thumb && pills()[4] === more, 'one was made anew');
    same(pills().map(({ tabIndex }) => tabIndex), [0, 0, 0, 0, 0]);
    show(kind('🦊', budi), kind('👍🏽', budi));
    same(texts(), ['🦊1', '👍🏽1', '']);
    holds(pills()[0] === fox && pills()[1] === thumb, 'one was made anew');
    show(kind('👍🏽', budi), kind('🦊', budi));
    same(texts(), ['👍🏽1', '🦊1', '']);
});

test('one emoji alone is large: whatever it is made of, and nothing else', () => {
    const large = (text) => isOneEmoji(graphemes(text));
    for (const text of ['🍵', '❤️', '👍🏽', '👨‍👩‍👧', '🇮🇩', '1️⃣', '☕']) holds(large(text), text);
    for (const text of ['', 'a', '1', '🍵🍵', '🍵!', '好', '#']) holds(!large(text), text);
});

test('a reaction changes nothing else of its message, and the one with the focus keeps it', async () => {
    await speak('en');
    const list = document.createElement('ol');
    document.body.append(list);
    const rows = new RowList(list);
    const me = { id: 'ana', name: 'Ana' };
    const budi = { id: 'budi', name: 'Budi' };
    const show = (reactions) => rows.show(rowsOf({ entries: [{ ...entry('kopi?'), reactions }], me }), me);
    const pills = () => [...list.querySelectorAll('.pill b')].map((node) => node.textContent);
    show([{ emoji: '🍵', count: 1, users: [budi] }]);
    const node = list.querySelector('.message');
    const text = node.querySelector('.text');
    node.querySelector('.pill').focus();
    show([
        { emoji: '🍵', count: 2, users: [budi, me] },
        { emoji: '👍', count: 1, users: [budi] },
    ]);
    same(pills(), ['2', '1']);
    holds(list.querySelector('.message') === node && node.querySelector('.text') === text, 'the message is drawn anew');
    same(document.activeElement.dataset.emoji, '🍵');
    node.querySelector('.pill.more').focus();
    show([{ emoji: '🍵', count: 3, users: [budi, me] }]);
    same(document.activeElement.dataset.do, 'pick');
    show([]);
    same(pills(), []);
    holds(document.activeElement === node, 'the focus is not at the message');
    list.remove();
});
