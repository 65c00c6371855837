import { addressOf, placeIn, readable } from '../../main/webapp/js/model/address.js';
import { inlinesOf } from '../../main/webapp/js/model/inlines.js';
import { blocksOf } from '../../main/webapp/js/model/markup.js';
import { always, holds, same, test } from './harness.js';

/** The links of a text, as they are shown. */
const links = (text) =>
    inlinesOf(text)
        .filter(({ type }) => type === 'link')
        .map((link) => link.text);

test('an address is read as it is meant, or names no room', () => {
    for (const [fragment, room, seq] of [
        ['#kitchen', 'kitchen', null],
        ['#Kitchen', 'kitchen', null],
        ['#kitchen%20', 'kitchen', null],
        ['#%20KITCHEN/12', 'kitchen', 12],
        ['#kitchen /12%20', 'kitchen', 12],
        ['#Soto%20Tonight', 'soto-tonight', null],
        ['#kitchen/', 'kitchen', null],
        ['#kitchen/0', 'kitchen', null],
        ['#kitchen/x', 'kitchen', null],
        ['#kitchen/12/13', 'kitchen', 12],
        ['#%6Bitchen', 'kitchen', null],
        ['##kitchen', 'kitchen', null],
        ['#大堂', null, null],
        ['#%E5%A4%A7', null, null],
        ['#%', null, null],
        ['#kitchen%', null, null],
        ['#-a', null, null],
        ['#/12', null, null],
        ['#', null, null],
        ['', null, null],
        [`#${'a'.repeat(65)}`, null, null],
    ])
        same(placeIn(fragment), { room, seq }, fragment);
    same([addressOf('a', null), addressOf('a', 3), readable('%E5%A4%A7'), readable('%')], ['#a', '#a/3', '大', '%']);
});

test('a room in a text is a link, where it is one', () => {
    for (const [text, ...found] of [
        ['see #kitchen.', '#kitchen'],
        ['#kitchen', '#kitchen'],
        ['(#kitchen/12)', '#kitchen/12'],
        ['#a, #b-2 and #c.d_e!', '#a', '#b-2', '#c.d_e'],
        ['去#kitchen看看', '#kitchen'],
        ['**#kitchen**'],
        ['#kitchen…', '#kitchen'],
        ['#kitchen/12.', '#kitchen/12'],
        ['#room-1', '#room-1'],
        ['#1st', '#1st'],
        ['#Kitchen'],
        ['#kitchenÜ'],
        ['#大堂'],
        ['# kitchen'],
        ['#'],
        ['#12 and #2026.1'],
        ['c#sharp'],
        ['é#sharp'],
        ['&#x41;'],
        ['##heading'],
        ['#one#two'],
        ['@#one'],
        ['a/#one and a.html#one'],
        ['#one/two'],
        ['#one@two'],
        ['`#kitchen`'],
        [`#${'a'.repeat(65)}`],
        ['https://example.org/#kitchen', 'https://example.org/#kitchen'],
        ['https://a:b@example.org/#kitchen'],
    ])
        same(links(text), found, text);
    same(inlinesOf('**#kitchen**')[0].inlines[0], { type: 'link', text: '#kitchen', href: '#kitchen' });
    same(blocksOf('```\n#kitchen\n```')[0], { type: 'code', text: '#kitchen' });
});

test('an address with Chinese, Japanese or Korean words is whole, and the sentence after it is not in it', () => {
    for (const [text, ...found] of [
        ['https://zh.wikipedia.org/wiki/维基百科', 'https://zh.wikipedia.org/wiki/维基百科'],
        ['看https://zh.wikipedia.org/wiki/维基百科。', 'https://zh.wikipedia.org/wiki/维基百科'],
        ['（https://zh.wikipedia.org/wiki/维基百科）很好', 'https://zh.wikipedia.org/wiki/维基百科'],
        ['https://ja.wikipedia.org/wiki/ウィキペディア、', 'https://ja.wikipedia.org/wiki/ウィキペディア'],
        ['https://ko.wikipedia.org/wiki/위키백과 입니다', 'https://ko.wikipedia.org/wiki/위키백과'],
        ['https://e.org/wiki/维基百科#历史', 'https://e.org/wiki/维基百科#历史'],
        ['https://e.org/a?q=豆浆&b=油条！', 'https://e.org/a?q=豆浆&b=油条'],
        ['https://e.org/wiki/程序_(计算机)，', 'https://e.org/wiki/程序_(计算机)'],
        ['https://e.org/a/b吧', 'https://e.org/a/b'],
        ['https://e.org吧', 'https://e.org'],
        ['https://e.org/吧', 'https://e.org/'],
        ['https://e.org/a，https://e.org/b。', 'https://e.org/a', 'https://e.org/b'],
    ])
        same(links(text), found, text);
    same(
        inlinesOf('https://e.org/wiki/维')[0].href,
        'https://e.org/wiki/%E7%BB%B4',
    );
});

test('an address of numbers in brackets is a link', () => {
    for (const [text, ...found] of [
        ['http://[2001:db8::1]/x', 'http://[2001:db8::1]/x'],
        ['http://[2001:db8::1]', 'http://[2001:db8::1]'],
        ['at http://[::1]:8080.', 'http://[::1]:8080'],
        ['[http://[::1]]', 'http://[::1]'],
        ['(see http://[::1])', 'http://[::1]'],
        ['[https://e.org/a]', 'https://e.org/a'],
        ['https://e.org/a[1]', 'https://e.org/a[1]'],
        ['https://e.org/a_(b)]', 'https://e.org/a_(b)'],
        ['http://[nonsense]/x'],
    ])
        same(links(text), found, text);
});

test('whatever is a link to a room names one, and no text is lost', () =>
    always(2_000, (random) => {
        const parts = ['#', 'a', 'B', '1', '.', '-', '_', '/', ' ', '字', 'é', '`', '*', '@', 'https://e.org/', ']', '['];
        const text = Array.from({ length: random.below(20) }, () => random.pick(parts)).join('');
        const flat = (inlines) => inlines.flatMap((each) => (each.inlines ? flat(each.inlines) : [each]));
        for (const { type, href } of flat(inlinesOf(text))) {
            if (type !== 'link' || !href.startsWith('#')) continue;
            const { room, seq } = placeIn(href);
            holds(room != null && addressOf(room, seq) === href, JSON.stringify(text));
        }
    }));
