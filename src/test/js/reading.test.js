import { actionsFor } from '../../main/webapp/js/model/permissions.js';
import { excerptOf, snippetOf } from '../../main/webapp/js/model/text.js';
import { holds, same, test } from './harness.js';

const marked = (text, query) =>
    snippetOf(text, query)
        .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
        .join('');

test('a message is quoted by its first line, without formatting', () => {
    same(excerptOf('**One** file, *one* line:\n```\njava\n```'), 'One file, one line:');
    same(excerptOf('> said before\n\nand now this'), 'and now this');
    same(excerptOf('> only this'), 'only this');
    same(excerptOf('```\ncode\nmore\n```'), 'code');
    same(excerptOf('- first\n- second'), 'first');
    same(excerptOf('<b>'), '<b>');
});

test('search words are marked where a word begins, whatever their case, accents and width', () => {
    same(marked('Soto and soto, no besoto', 'SOTO'), '[Soto] and [soto], no besoto');
    same(marked('crème brûlée', 'creme bru'), '[crème] [brû]lée');
    same(marked('ＡＢＣ', 'abc'), '[ＡＢＣ]');
    same(marked('e\u0301te\u0301', 'ete'), '[e\u0301te\u0301]');
    same(marked('<b>soto</b>', 'soto'), '<b>[soto]</b>');
});

test('everything the server finds is marked, signs as well', async () => {
    const table = await (await fetch(new URL('../resources/search.tsv', import.meta.url))).text();
    const found = table
        .split('\n')
        .map((line) => line.split('\t'))
        .filter(([, , expected]) => expected && expected !== '-');
    holds(found.length > 30, 'the table is empty');
    for (const [text, query, expected] of found) same(marked(text, query), expected);
});

test('Chinese is marked anywhere', () => same(marked('今天的豆浆特别香', '豆浆'), '今天的[豆浆]特别香'));

test('a long message begins shortly before the first hit, and lines become one', () => {
    same(marked(`${'long '.repeat(40)}soto\nayam`, 'soto'), `…${'long '.repeat(8)}[soto] ayam`);
    same(marked('nothing of it', 'soto'), 'nothing of it');
});

test('the actions for a message depend on its author, and on the room', () => {
    const row = { type: 'message', own: false, deleted: false };
    same(actionsFor(row, {}), ['reply', 'copy', 'link', 'unread', 'react']);
    same(actionsFor({ ...row, own: true }, {}), ['reply', 'edit', 'copy', 'link', 'unread', 'delete', 'react']);
    same(actionsFor(row, { moderator: true }), ['reply', 'copy', 'link', 'unread', 'delete', 'react']);
    same(actionsFor({ ...row, own: true }, { archived: true }), ['copy', 'link', 'unread']);
    same(
        [actionsFor({ ...row, deleted: true }, {}), actionsFor({ type: 'pending' }, {}), actionsFor(null, {})],
        [[], [], []],
    );
});
