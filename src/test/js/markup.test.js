import { isInFence } from '../../main/webapp/js/model/fence.js';
import { inlinesOf, linksOf, safeHref } from '../../main/webapp/js/model/inlines.js';
import { blocksOf } from '../../main/webapp/js/model/markup.js';
import { always, holds, same, test } from './harness.js';

const link = (text, href = text) => ({ type: 'link', text, href });
const bold = (...inlines) => ({ type: 'bold', inlines });
const italic = (...inlines) => ({ type: 'italic', inlines });
const code = (text) => ({ type: 'code', text });

test('plain text is one paragraph with its lines', () => {
    same(blocksOf('a\nb'), [{ type: 'paragraph', inlines: ['a\nb'] }]);
    same(blocksOf('a\r\n\r\nb').length, 2);
});

test('bold, italic and code, also within each other and in Chinese', () => {
    same(inlinesOf('a **b** *c* `d`'), ['a ', bold('b'), ' ', italic('c'), ' ', code('d')]);
    same(inlinesOf('**a *b* c**'), [bold('a ', italic('b'), ' c')]);
    same(inlinesOf('这是**粗体**字'), ['这是', bold('粗体'), '字']);
    same(inlinesOf('`**a**`'), [code('**a**')]);
});

test('stars that mark nothing stay', () => {
    for (const text of ['2*3*4', '* a *', '**', '****', 'a ** b ** c', '*a', '5 * 6 * 7', '**a', 'rm *.txt *.md'])
        same(inlinesOf(text), [text], text);
});

test('links end where the address ends', () => {
    same(inlinesOf('see https://example.org/a?b=c#d.'), ['see ', link('https://example.org/a?b=c#d'), '.']);
    same(inlinesOf('(https://example.org/a_(b))'), ['(', link('https://example.org/a_(b)'), ')']);
    same(inlinesOf('看https://example.org/豆浆吧'), ['看', link('https://example.org/'), '豆浆吧']);
    same(inlinesOf('**https://example.org/**'), [bold(link('https://example.org/'))]);
    same(inlinesOf('https://example.org/a，https://example.org/b。').filter((each) => each.type).length, 2);
    same(inlinesOf('https://example.org/a…')[0].href, 'https://example.org/a');
});

test('only http and https, and no address that hides its host', () => {
    for (const text of [
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
        'vbscript:x',
        'ftp://example.org',
        'https://',
        'http:///',
        'https://good.example@evil.example/',
        'https://a:b@evil.example',
        'xhttps://example.org',
        '//example.org',
    ]) {
        holds(
            inlinesOf(text).every((each) => typeof each === 'string'),
            text,
        );
    }
    same([safeHref('java\nscript:alert(1)'), safeHref('https://example.org')], [null, 'https://example.org/']);
});

test('code blocks keep everything in them', () => {
    same(blocksOf('a\n```js\n**x**\n\n> y\n```\nb'), [
        { type: 'paragraph', inlines: ['a'] },
        { type: 'code', text: '**x**\n\n> y', language: 'js' },
        { type: 'paragraph', inlines: ['b'] },
    ]);
    same(blocksOf('```\nnever closed'), [{ type: 'code', text: 'never closed' }]);
});

test('quotes and lists', () => {
    same(blocksOf('> a\n> > b'), [
        {
            type: 'quote',
            blocks: [
                { type: 'paragraph', inlines: ['a'] },
                { type: 'quote', blocks: [{ type: 'paragraph', inlines: ['b'] }] },
            ],
        },
    ]);
    same(blocksOf('- a\n- **b**'), [{ type: 'list', first: null, items: [['a'], [bold('b')]] }]);
    same(blocksOf('3. a\n4. b'), [{ type: 'list', first: 3, items: [['a'], ['b']] }]);
    same(blocksOf('-1 degrees')[0].type, 'paragraph');
    same(blocksOf('2026. It was')[0].type, 'list');
});

test('a message of nothing but marks is still something to see', () => {
    for (const text of ['```', '``````', '>', '- ', '1. ', '*', '`', '``', '---', '> ', '```\n```'])
        holds(text.trim() === '' || blocksOf(text).length > 0, JSON.stringify(text));
});

test('no letter is ever lost, whatever the marks', () =>
    always(3_000, (random) => {
        const parts = [
            'a',
            'b',
            '**',
            '*',
            '`',
            '```',
            '\n',
            '> ',
            '- ',
            '1. ',
            ' ',
            '\u3000',
            '\u00a0',
            '~~',
            'https://e.org/',
            '(',
            ')',
            '字',
            '\n\n',
            '@',
            '.',
        ];
        const text = Array.from({ length: random.below(30) }, () => random.pick(parts)).join('');
        const letters = (value) => value.replace(/[^ab字]/g, '');
        holds(letters(shown(blocksOf(text))) === letters(text), JSON.stringify(text));
    }));

test('four thousand characters of the worst take no time', () => {
    for (const worst of [
        '*a',
        '**a',
        '`',
        '`a``',
        '> ',
        '- ',
        '[',
        '(https://e.org/',
        '*a**b',
        '**a*',
        '1. ',
        'https://',
        '> > > > ',
        '\n',
        '```\n',
        ')',
        '(',
        '.',
        '*',
        '**',
        'a*',
        '*a* ',
        '#',
        '#a',
        '#a ',
        '#a/',
        '#1',
        '#a.',
        ']',
        '[]',
        '维',
        '/维',
    ]) {
        const text = `https://e.org/${worst.repeat(3_980 / worst.length)}`;
        const runs = Array.from({ length: 5 }, () => {
            const before = performance.now();
            blocksOf(text);
            blocksOf(text.slice(14));
            return performance.now() - before;
        });
        holds(Math.min(...runs) < 50, `${JSON.stringify(worst)} took ${Math.min(...runs)} ms`);
    }
});

function shown(node) {
    if (typeof node === 'string') return node;
    if (Array.isArray(node)) return node.map(shown).join('');
    return (node.language ?? '') + shown(node.blocks ?? node.inlines ?? node.items ?? node.text ?? '');
}

test('code is open after the line that begins it, until one ends it', () => {
    for (const [text, open] of [
        ['', false],
        ['kopi', false],
        ['```', true],
        ['look:\n```js', true],
        ['```\nlet a;', true],
        ['```\nlet a;\n```', false],
        ['```\na\n```\n```sh\nls', true],
        ['```one line```', false],
        ['`tick', false],
        ['```\r\na', true],
    ])
        same(isInFence(text), open, JSON.stringify(text));
});

test('struck text, links with a text, without a scheme, and mail addresses', () => {
    same(inlinesOf('a ~~b *c*~~ d'), ['a ', { type: 'strike', inlines: ['b ', italic('c')] }, ' d']);
    for (const text of ['~~', '~~~~', 'a ~~ b ~~ c', '~a~', 'ls ~~/x']) same(inlinesOf(text), [text], text);
    same(inlinesOf('see [the menu](https://example.org/a_(b)).'), ['see ', link('the menu', 'https://example.org/a_(b)'), '.']);
    same(inlinesOf('[a] (b) [c](d) [](https://x.example)')[0].slice(0, 15), '[a] (b) [c](d) ');
    same(inlinesOf('www.example.org, www. and awww.x.org'), [
        link('www.example.org', 'https://www.example.org/'),
        ', www. and awww.x.org',
    ]);
    same(inlinesOf('写信给bu.sri+w@example.co.id。'), ['写信给', link('bu.sri+w@example.co.id', 'mailto:bu.sri+w@example.co.id'), '。']);
    for (const text of ['@ana', 'a@b', 'a@b.c', '@example.org', 'a@-x.org', 'x/a@example.org', 'ä@example.org'])
        same(inlinesOf(text), [text], text);
});

test('a link does not name another address than its own', () => {
    for (const text of [
        '[https://bank.example](https://evil.example/)',
        '[bank.example](https://evil.example/)',
        '[www.bank.example/x](https://evil.example/)',
        '[here](javascript:alert(1))',
        '[here](https://a:b@evil.example/)',
    ])
        for (const { text: shown, href } of inlinesOf(text).filter(({ type }) => type === 'link'))
            holds(shown.includes(new URL(href).host), text);
    same(inlinesOf('[example.org](https://example.org/menu)'), [link('example.org', 'https://example.org/menu')]);
    same(inlinesOf('[Node.js docs](https://nodejs.example/)')[0].text, 'Node.js docs');
});

test('a text without formatting has its links alone', () => {
    same(linksOf('*soto* at www.example.org and #lobby'), ['*soto* at ', link('www.example.org', 'https://www.example.org/'), ' and ', link('#lobby')]);
});

test('lists within lists', () => {
    const list = (first, ...items) => ({ type: 'list', first, items });
    same(blocksOf('- a\n  - b\n    1. c\n  - d\n- e'), [list(null, ['a', list(null, ['b', list(1, ['c'])], ['d'])], ['e'])]);
    same(blocksOf('1. a\n   - b\n2. c'), [list(1, ['a', list(null, ['b'])], ['c'])]);
    same(blocksOf('- a\n- b\n1. c').length, 2);
    same(blocksOf(' - a\n- b'), [list(null, ['a'], ['b'])]);
    const deep = Array.from({ length: 50 }, (_, i) => `${' '.repeat(2 * i)}- x`).join('\n');
    same(JSON.stringify(blocksOf(deep)).split('"list"').length - 1, 3);
});

test('any text of marks takes little time', () => {
    const { performance } = globalThis;
    for (const piece of ['[', '](', '[a](', '~~', '~~a', '@', 'a@', 'www.', '- ', '  - a\n', '[a](https://']) {
        const begin = performance.now();
        blocksOf(piece.repeat(4_000 / piece.length));
        holds(performance.now() - begin < 1_000, `${piece} took ${performance.now() - begin} ms`);
    }
});

test('a text with a name that looks like an address leads there, or is no link', () => {
    const named = ({ type, text, href }) => type === 'link' && /evil/.test(href) && text !== href;
    const linked = (text) => blocksOf(text)[0].inlines.some(named);
    for (const name of ['paypal.com.', '(paypal.com)', '"paypal.com"', 'pay\u200bpal.com', 'ｐａｙｐａｌ.com', 'münchen.de'])
        same(linked(`[${name}](https://evil.example/)`), false, name);
    for (const name of ['银行.中国', 'support@paypal.com', 'https://paypal.com/'])
        same(linked(`[${name}](https://evil.example/)`), false, name);
    for (const name of ['Node.js docs', 'the bank', 'evil.example', 'https://evil.example/a'])
        same(linked(`[${name}](https://evil.example/)`), true, name);
});

test('lists that are indented by any blank are lists, and Chinese may end a sentence with waves', () => {
    for (const blank of ['\u3000', '\u00a0', '\u2003', ' '])
        same(blocksOf(`${blank}- 苹果`)[0].type, 'list', JSON.stringify(blank));
    same(blocksOf('好的~~明天见~~')[0].inlines, ['好的~~明天见~~']);
    same(blocksOf('ok, ~~tomorrow~~')[0].inlines.length, 2);
});
