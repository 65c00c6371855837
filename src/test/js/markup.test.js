import { inlinesOf, safeHref } from '../../main/webapp/js/model/inlines.js';
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
        'mailto:a@example.org',
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
