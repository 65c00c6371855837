/** What a language has of its own; all have strings and numbers. Loaded when the first block of code is shown. */
const C = {
    line: '//',
    block: true,
    words: [
        'break case catch class const continue default do else enum export extends false final finally for',
        'function if implements import in instanceof int interface let new null package private protected',
        'public return static super switch this throw true try typeof var void while with yield async await',
        'abstract boolean char double float long short byte struct union unsigned signed sizeof typedef using',
        'namespace template virtual override fn impl trait match mut pub self mod use where loop type func',
        'defer go chan map range fun val when is object data string bool nil record sealed permits readonly',
        'declare keyof never unknown',
    ].join(' '),
};
const HASH = {
    line: '#',
    block: false,
    words: [
        'and as assert async await break class continue def del elif else except False finally for',
        'from global if import in is lambda None nonlocal not or pass raise return True try while with yield end',
        'do then fi esac case done function local export echo cd sudo begin rescue ensure module require puts',
        'self nil unless until true false null yes no if let in',
    ].join(' '),
};
const SQL = {
    line: '--',
    block: true,
    anyCase: true,
    words: [
        'select from where and or not in is null as join left right inner outer full on group by order having',
        'limit offset insert into values update set delete create table index view drop alter add column',
        'primary key foreign references unique default check constraint union all distinct case when then',
        'else end exists between like begin commit rollback returning with integer text bigint boolean',
        'varchar timestamp',
    ].join(' '),
};
const DATA = { line: null, block: false, words: 'true false null' };
const MARKUP = { markup: true };
const DIFF = { diff: true };

const LANGUAGES = new Map(
    [
        [
            C,
            [
                'js javascript mjs ts typescript jsx tsx java c h cpp c++ cc',
                'hpp cs c# csharp go rust rs kotlin kt swift scala php dart groovy',
            ].join(' '),
        ],
        [
            HASH,
            [
                'py python sh bash zsh shell console rb ruby yaml',
                'yml toml ini conf make makefile dockerfile perl pl r properties',
            ].join(' '),
        ],
        [SQL, 'sql postgres postgresql sqlite mysql'],
        [DATA, 'json'],
        [{ line: null, block: true, words: '' }, 'css scss less'],
        [MARKUP, 'html xml svg vue'],
        [DIFF, 'diff patch'],
    ].flatMap(([rules, names]) => names.split(' ').map((name) => [name, rules])),
);

const LONGEST = 10_000;

/**
 * Returns the code in pieces, `{text, kind}`: `kind` is `comment`, `string`, `number` or `word`, or null. Null for a
 * language that is not known, and for very long code.
 */
export function coloured(text, language) {
    const rules = LANGUAGES.get(language.toLowerCase());
    if (!rules || text.length > LONGEST) return null;
    if (rules.diff) return diffPieces(text);
    const words = new Set(rules.words?.split(' '));
    const kindOf = (found) => {
        if (found.groups.comment) return 'comment';
        if (found.groups.string) return 'string';
        if (found.groups.number) return 'number';
        if (found.groups.tag) return 'word';
        return words.has(rules.anyCase ? found[0].toLowerCase() : found[0]) ? 'word' : null;
    };
    return piecesOf(text, rules.markup ? TAGS : tokens(rules), kindOf);
}

const STRING = '"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'|\\x60(?:[^\\x60\\\\]|\\\\[^])*\\x60';
const NUMBER = '\\b(?:0x[\\da-f_]+|\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\b';
const TAGS =
    /(?<comment><!--[^]*?-->)|(?<string>"[^"\n]*"|'[^'\n]*')|(?<tag><\/?[a-zA-Z][\w:-]*|\/?>)|(?<number>&#?\w+;)/g;

function tokens({ line, block }) {
    const comments = [
        line === '#' ? '(?<=^|\\s)#[^\\n]*' : line && `${line}[^\\n]*`,
        block && '/\\*[^]*?\\*/',
    ].filter(Boolean);
    const comment = `(?<comment>${comments.length > 0 ? comments.join('|') : '(?!)'})`;
    return new RegExp(`${comment}|(?<string>${STRING})|(?<number>${NUMBER})|(?<tag>(?!))|[A-Za-z_$][\\w$]*`, 'gim');
}

function piecesOf(text, pattern, kindOf) {
    const pieces = [];
    let done = 0;
    for (const found of text.matchAll(pattern)) {
        const kind = kindOf(found);
        if (!kind) continue;
        if (found.index > done) pieces.push({ text: text.slice(done, found.index), kind: null });
        pieces.push({ text: found[0], kind });
        done = found.index + found[0].length;
    }
    if (done < text.length) pieces.push({ text: text.slice(done), kind: null });
    return pieces;
}

function diffPieces(text) {
    const kinds = { '+': 'string', '-': 'comment', '@': 'number' };
    return text.split(/(?<=\n)/).map((line) => ({ text: line, kind: kinds[line[0]] ?? null }));
}
