import { caretIn, mergeDrafts, mergeTexts, NOTHING } from '../../main/webapp/js/model/draft.js';
import { always, holds, same, test } from './harness.js';

const reply = { seq: 7, epoch: 'e-1', name: 'Budi', text: 'Kopi?' };
const draft = (text, more = {}) => ({ ...NOTHING, text, ...more });
const edit = (seq, text, epoch = 'e-1') => ({ seq, epoch, text });

test('of two texts both changes stay', () => {
    for (const [base, mine, theirs, wanted] of [
        ['', 'mine', 'theirs', 'theirs\nmine'],
        ['', 'mine', '', 'mine'],
        ['', 'both', 'both', 'both'],
        ['kopi', 'kopi!', 'no kopi', 'no kopi!'],
        ['kopi', 'kopi ya', '', ' ya'],
        ['hi', 'hello hi', '', 'hello '],
        ['a b', 'a x b', 'a b y', 'a x b y'],
        ['ab', 'aXb', 'aYb', 'aXYb'],
        ['said 0', 'said 1', '', 'said 1'],
        ['said 0', '', 'said 1', 'said 1'],
        ['said 0', 'said', '', ''],
        ['n', 'ni', 'n\ntheirs', 'ni\ntheirs'],
        ['hello', 'help', 'hello!', 'help!'],
        ['hello', 'hexo', 'heyo', 'hexyo'],
        ['one two', 'one', 'one two three', 'one three'],
        ['😀', '😁', '😀x', '😁x'],
        ['小梅', '小梅你好', '早，小梅', '早，小梅你好'],
    ]) {
        same(mergeTexts(base, mine, theirs), wanted, `${base} | ${mine} | ${theirs}`);
    }
});

test('a text changed by one page only is as that page has it, and an emptied one removes nothing of the other', () =>
    always(500, (random) => {
        const some = () =>
            Array.from({ length: random.below(8) }, () => random.pick(['a', 'b', ' ', '字', '😀'])).join('');
        const [base, other] = [some(), some()];
        same([mergeTexts(base, other, base), mergeTexts(base, base, other)], [other, other]);
        const at = random.below([...base].length + 1);
        const mine = [...base].toSpliced(at, 0, ...'NEW').join('');
        holds(mergeTexts(base, mine, '').includes('NEW') && mergeTexts(base, mine, '').length === 3, `${base} ${at}`);
    }));

test('an answer goes and comes with whoever changed it', () => {
    same(mergeDrafts(draft('a', { reply }), draft('ab', { reply }), draft('')), draft('b'), 'sent there');
    same(mergeDrafts(draft('a'), draft('a', { reply }), draft('ac')), draft('ac', { reply }), 'begun here');
    same(mergeDrafts(draft('a', { reply }), draft('a'), draft('ac', { reply })), draft('ac'), 'left here');
    const other = { ...reply, seq: 9 };
    same(mergeDrafts(draft(''), draft('', { reply }), draft('', { reply: other })).reply, reply, 'both');
});

test('an edit of the same message is one edit, and any other that of whoever changed it', () => {
    for (const [about, base, mine, theirs, wanted] of [
        ['both went on with it', edit(3, 'helo'), edit(3, 'hello'), edit(3, 'helo!'), edit(3, 'hello!')],
        [
            'begun here, where it was under way already',
            null,
            edit(3, 'helo'),
            edit(3, 'hello, half'),
            edit(3, 'hello, half'),
        ],
        ['begun there', null, null, edit(3, 'helo'), edit(3, 'helo')],
        ['sent or left there', edit(3, 'helo'), edit(3, 'helo'), null, null],
        ['sent there, gone on with here', edit(3, 'hello'), edit(3, 'hello!'), null, edit(3, 'hello!')],
        ['left here', edit(3, 'helo'), null, edit(3, 'helo'), null],
        ['of different messages', null, edit(4, 'four'), edit(3, 'three'), edit(4, 'four')],
        ['of a log that began anew', edit(3, 'old'), edit(3, 'old'), edit(3, 'new', 'e-2'), edit(3, 'new', 'e-2')],
    ]) {
        const of = (given) => draft('begun', { edit: given });
        same(mergeDrafts(of(base), of(mine), of(theirs)), of(wanted), about);
    }
});

test('an edit that was begun elsewhere does not come between what is being written here', () => {
    same(mergeDrafts(draft(''), draft('I write'), draft('', { edit: edit(3, 'half') })), draft('I write'));
    same(
        mergeDrafts(
            draft('', { edit: edit(3, 'old') }),
            draft('', { edit: edit(3, 'new') }),
            draft('kept', { edit: edit(3, 'old') }),
        ),
        draft('kept', { edit: edit(3, 'new') }),
    );
});

test('all are called whom either has chosen', () => {
    const [budi, siti] = [
        { id: 'u-2', name: 'Budi' },
        { id: 'u-3', name: 'Siti' },
    ];
    same(mergeDrafts(draft(''), draft('', { people: [budi] }), draft('', { people: [siti, budi] })).people, [
        budi,
        siti,
    ]);
});

test('the caret stays behind the same words', () => {
    same(
        [
            caretIn('hello you', 'hello', 5),
            caretIn('hello you', 'hello', 2),
            caretIn('say hello', 'hello', 2),
            caretIn('', 'hello', 5),
            caretIn('', 'hello', 2),
        ],
        [9, 2, 6, 0, 0],
    );
});
