import { AT_HAND } from '../../main/webapp/js/model/at-hand.js';
import { EmojiTable, toned, TONES, usedLately } from '../../main/webapp/js/model/emoji.js';
import { graphemes } from '../../main/webapp/js/model/graphemes.js';
import { holds, same, test } from './harness.js';

const text = await (await fetch(new URL('../../main/webapp/emoji/emoji.txt', import.meta.url))).text();
const names = (language) => new Intl.DisplayNames(language, { type: 'region' });
const [english, chinese] = ['en', 'zh-CN'].map(names);
const table = new EmojiTable(text, (code) => [english.of(code), chinese.of(code)]);
const all = table.groups.flatMap(({ items }) => items);
const found = (query) => table.find(query).map(({ emoji }) => emoji);

test('each emoji is there once, is one character of at most 32 bytes in every tone, and has names', () => {
    const emoji = all.map((item) => item.emoji);
    same(emoji.length, new Set(emoji).size);
    holds(emoji.length > 1_800, 'there are many');
    same(
        table.groups.map(({ name }) => name),
        ['smileys', 'people', 'animals', 'food', 'travel', 'activities', 'objects', 'symbols', 'flags'],
    );
    for (const item of all) {
        for (let tone = 0; tone < TONES.length; tone++) {
            const made = toned(item, tone);
            same([graphemes(made), new TextEncoder().encode(made).length <= 32], [[made], true], made);
            if (tone > 0) same(item.tones, made !== item.emoji, made);
            same(table.itemOf(made)?.emoji, item.emoji, made);
        }
        holds(item.names.length === 2 && item.names.every(Boolean), item.emoji);
    }
});

test('the ones that are at hand are among them, written in the same way', () => {
    for (const emoji of AT_HAND.keys()) same(table.itemOf(emoji)?.emoji, emoji);
});

test('the search finds names first, then other words, in English and Chinese', () => {
    same(found('teacup')[0], '🍵');
    same(found('火箭')[0], '🚀');
    same(found('TeaCU ')[0], '🍵', 'a word may be incomplete, whatever its case');
    same(found('灯笼').includes('🏮'), true);
    same(found('indonesia'), ['🇮🇩']);
    same(found('印度尼西亚'), ['🇮🇩']);
    same(found('thumbs up')[0], '👍');
    same(found('thumbs_up')[0], '👍');
    same(found('astronaut woman'), ['👩‍🚀']);
    same(found('宇航员 男'), ['👨‍🚀']);
    same(found('nothing of this kind'), []);
    same(found('  '), []);
});

test('tones and sexes are put where Unicode puts them', () => {
    const item = (emoji) => table.itemOf(emoji);
    same(toned(item('👍'), 3), '👍🏽');
    same(toned(item('👍'), 0), '👍');
    same(toned(item('☝️'), 1), '☝🏻');
    same(toned(item('👩‍🚀'), 5), '👩🏿‍🚀');
    same(toned(item('🕵️‍♀️'), 2), '🕵🏼‍♀️');
    same(toned(item('🍵'), 3), '🍵');
    same(toned(item('👍'), 9), '👍', 'what is kept may be anything');
});

test('what was used last is first, once, and the list has an end', () => {
    same(usedLately(['🍵', '👍'], '👍'), ['👍', '🍵']);
    let recent = [];
    for (const { emoji } of all) recent = usedLately(recent, emoji);
    same([recent.length, recent[0]], [24, all.at(-1).emoji]);
});
