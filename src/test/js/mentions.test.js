import { callIn, EVERYBODY, mentionsIn, piecesOf, unknownIn } from '../../main/webapp/js/model/mentions.js';
import { same, test } from './harness.js';

const people = (...names) => names.map((name) => ({ id: `of ${name}`, name }));

/** Texts, the people who are known, and the same text with its mentions in brackets. */
const TABLE = [
    // the longest name wins, and it ends where its last word does
    ['@Ana and @Ana Maria, look', ['Ana', 'Ana Maria'], '[@Ana] and [@Ana Maria], look'],
    ['@Joanna and @Jo_', ['Jo'], '@Joanna and @Jo_'],
    ["@Jo's, @Jo. (@Jo) @Jo-san @Jo/@Jo?", ['Jo'], "[@Jo]'s, [@Jo]. ([@Jo]) [@Jo]-san [@Jo]/[@Jo]?"],
    ['@Budi2 and @Budi 2', ['Budi'], '@Budi2 and [@Budi] 2'],
    ['@Budi 2 and @Budi', ['Budi', 'Budi 2'], '[@Budi 2] and [@Budi]'],
    ['@Jose\u0301', ['Jose'], '@Jose\u0301'],
    ['@Анна и @Аннабель', ['Анна'], '[@Анна] и @Аннабель'],
    ['@أحمد، @أحمدي', ['أحمد'], '[@أحمد]، @أحمدي'],
    // not inside words and addresses
    ['mail info@Budi.example', ['Budi'], 'mail info@Budi.example'],
    ['josé@Budi a_@Budi a+@Budi @@Budi', ['Budi'], 'josé@Budi a_@Budi a+@Budi @@Budi'],
    ['Thanks.@Budi (@Budi', ['Budi'], 'Thanks.[@Budi] ([@Budi]'],
    // scripts without spaces, and their signs
    ['@Ana，@Ana。@Ana：@Ana！', ['Ana'], '[@Ana]，[@Ana]。[@Ana]：[@Ana]！'],
    ['你好@小梅在吗，＠小梅@Ana在吗', ['小梅', 'Ana'], '你好[@小梅]在吗，[＠小梅][@Ana]在吗'],
    ['@小梅花', ['小梅', '小梅花'], '[@小梅花]'],
    ['@민수는 왔어? さっき@はなさんが', ['민수', 'はな'], '[@민수]는 왔어? さっき[@はな]さんが'],
    ['@สมชายครับ', ['สมชาย'], '[@สมชาย]ครับ'],
    // however it is typed
    ['@ana @ANA @Émile @emile', ['Ana', 'Émile'], '[@ana] [@ANA] [@Émile] [@emile]'],
    ['@Ana 🫠!', ['Ana', 'Ana 🫠'], '[@Ana 🫠]!'],
    ['Ana @ Ana', ['Ana'], 'Ana @ Ana'],
];

test('a mention begins and ends where a reader sees it, in every script', () => {
    for (const [text, names, wanted] of TABLE) {
        const marked = (piece) => (piece.person ? `[${piece.text}]` : piece.text);
        same(piecesOf(text, people(...names)).map(marked).join(''), wanted);
    }
});

test('a message mentions whom its text calls, in the order of the text and each once', () => {
    const some = people('Ana', 'Ana Maria', '小梅');
    same(mentionsIn('@小梅，@Ana Maria **@Ana**\n> @小梅\n- @Ana', some), ['of 小梅', 'of Ana Maria', 'of Ana']);
    same(mentionsIn('Ana', some), []);
    const many = Array.from({ length: 30 }, (_, i) => ({ id: `u-${i}`, name: `P${i}x` }));
    same(mentionsIn(many.map(({ name }) => `@${name}`).join(' '), many).length, 16);
});

test('everybody is called by their words, not in code, and not where somebody has that name', () => {
    for (const [text, wanted] of [
        ['@all food', 'all'],
        ['饭好了@所有人，快来', 'all'],
        ['@here and @ALL', 'all'],
        ['@在线的人', 'here'],
        ['@allan `@all` a@all', null],
        ['hi', null],
    ])
        same(callIn(text, EVERYBODY), wanted, text);
    const [all] = people('all');
    same([callIn('@all', [all, ...EVERYBODY]), mentionsIn('@all', [all, ...EVERYBODY])], [null, ['of all']]);
    same(mentionsIn('@all @here', EVERYBODY), []);
});

test('an apostrophe may be curved, as phones type it', () => {
    same(mentionsIn('@O’Brien', people("O'Brien")), ["of O'Brien"]);
    same(mentionsIn("@o'brien's", people('O’Brien')), ['of O’Brien']);
});

test('code and links call nobody', () => {
    for (const text of ['`@Ana`', '``` @Ana ```', '```\n@Ana\n```', '```\n@Ana', 'https://example.org/@Ana', '*`@Ana`*'])
        same(mentionsIn(text, people('Ana')), [], text);
    same(mentionsIn('`code` @Ana https://example.org/@Budi', people('Ana', 'Budi')), ['of Ana']);
});

test('of two with one name, who is written exactly so is called, then who comes first', () => {
    const both = [
        { id: 'u-1', name: 'José' },
        { id: 'u-2', name: 'Jose' },
        { id: 'u-3', name: 'Jose' },
    ];
    same(['@José', '@Jose', '@jose'].map((text) => mentionsIn(text, both)), [['u-1'], ['u-2'], ['u-1']]);
});

test('unknown names are found by their beginning, to be asked for', () => {
    same(unknownIn('@Budi, @Ana Maria @小梅你好 `@Code` a@b.c @Budi', people('Ana')), ['Budi', '小梅']);
    same(unknownIn('@ @! hi', []), []);
});

test('a long text with many marks is read in little time', () => {
    const text = '@Ana `@ @'.repeat(450);
    const begun = performance.now();
    mentionsIn(text, people('Ana', 'Budi', ...Array.from({ length: 200 }, (_, i) => `Person ${i}`)));
    same(performance.now() - begun < 1_000, true);
});
