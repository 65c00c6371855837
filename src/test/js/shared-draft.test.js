import { saysTheSame, whole } from '../../main/webapp/js/model/draft.js';
import { FakeDrafts, FakePage } from './fake-drafts.js';
import { microtasks } from './fake-table.js';
import { always, holds, same, test } from './harness.js';

/** So long a page waits for its database before it sends. */
const PATIENCE_MS = 2_000;
const reply = { seq: 7, epoch: 'e-1', name: 'Budi', text: 'Kopi?' };

/** Two pages and the one database; without hints they hear nothing of each other. */
function twoPages({ hints = false } = {}) {
    const database = new FakeDrafts();
    const pages = [];
    const hint = (teller) => hints && pages.filter((page) => page !== teller).forEach((page) => page.draft.refresh());
    pages.push(new FakePage(database, hint), new FakePage(database, hint));
    return { database, pages };
}

const texts = (pages) => pages.map(({ writing }) => writing.text);

test('a draft written on one page is shown on the other, and is gone from both when one sends it', async () => {
    const { database, pages } = twoPages({ hints: true });
    pages[0].type('kopi');
    await database.settle();
    same(texts(pages), ['kopi', 'kopi']);
    pages[1].type('?');
    await database.settle();
    same(texts(pages), ['kopi?', 'kopi?']);
    pages[1].send();
    await database.settle();
    same([texts(pages), database.outbox.map(({ text }) => text), database.kept], [['', ''], ['kopi?'], undefined]);
});

test('a draft sent elsewhere is not sent again, even if this page has not heard of it', async () => {
    const { database, pages } = twoPages();
    pages[0].type('kopi');
    await database.settle();
    pages[1].draft.refresh();
    await database.settle();
    pages[0].send();
    pages[1].send();
    await database.settle();
    same([database.outbox.length, pages.map(({ sent }) => sent.length), texts(pages)], [1, [1, 0], ['', '']]);
});

test('text written on both pages stays, whichever sends', async () => {
    const { database, pages } = twoPages();
    await database.settle();
    pages[0].type('first');
    pages[1].type('second');
    pages[0].send();
    await database.settle();
    same(texts(pages)[0], 'first\nsecond', 'it is not what the page showed');
    pages[0].send();
    await database.settle();
    same(
        database.outbox.map(({ text }) => text),
        ['first\nsecond'],
    );
    pages[1].type('!');
    await database.settle();
    same([texts(pages)[1], database.kept.text], ['!', '!'], 'and what came after it');
});

test('text written while a draft is loading comes after it', async () => {
    const { database, pages } = twoPages();
    pages[0].type('kept');
    await database.settle();
    const late = new FakePage(database);
    late.type('and more');
    late.type('!');
    await database.settle();
    same([late.writing.text, database.kept.text], ['kept\nand more!', 'kept\nand more!']);
});

test('an answer and an edit under way are those of both pages, and the edit is sent once', async () => {
    const { database, pages } = twoPages({ hints: true });
    pages[0].type('begun');
    pages[0].writing.answer(reply);
    pages[0].keep();
    await database.settle();
    same(pages[1].writing.reply, reply);
    pages[1].writing.edit({ seq: 3, epoch: 'e-1', text: 'helo' });
    pages[1].keep();
    await database.settle();
    pages[0].writing.text = 'hello';
    pages[0].keep();
    await database.settle();
    same(texts(pages), ['hello', 'hello']);
    pages.forEach((page) => page.send());
    await database.settle();
    same([database.outbox.map(({ seq, text }) => [seq, text]), texts(pages)], [[[3, 'hello']], ['begun', 'begun']]);
    same(
        pages.map(({ writing }) => writing.reply),
        [reply, reply],
    );
});

test('while an input method composes nothing is put into the field, and nothing is lost', async () => {
    const { database, pages } = twoPages({ hints: true });
    await database.settle();
    pages[0].composing = true;
    pages[0].type('n');
    pages[1].type('theirs');
    await database.settle();
    same(texts(pages), ['n', 'n\ntheirs']);
    pages[0].composing = false;
    pages[0].type('i');
    await database.settle();
    same([...texts(pages), database.kept.text], Array(3).fill('ni\ntheirs'));
});

test('changes begun on a page that was left are finished by the next, once, and not if they are done', async () => {
    for (const reached of [true, false]) {
        const { database, pages } = twoPages();
        await database.settle();
        pages[0].type('kopi');
        pages[0].send();
        pages[0].type('and then');
        const undone = structuredClone(pages[0].draft.undone);
        if (reached) await database.settle();
        else database.forget(pages[0]);
        const next = new FakePage(database);
        const items = next.redo(undone);
        await database.settle();
        same(
            (await items).map(({ text }) => text),
            reached ? [] : ['kopi'],
            'another has it, or this one',
        );
        same(
            [database.outbox.map(({ text }) => text), database.kept.text, next.draft.undone],
            [['kopi'], 'and then', null],
            `${reached}`,
        );
    }
});

test('a page that is left while it does what another has left is gone on from where it came to', async () => {
    for (let steps = 0; steps < 6; steps++) {
        const { database, pages } = twoPages();
        await database.settle();
        pages[0].type('kopi');
        pages[0].send();
        pages[0].type('and then');
        const undone = structuredClone(pages[0].draft.undone);
        database.forget(pages[0]);
        const middle = new FakePage(database);
        await database.settle();
        middle.redo(structuredClone(undone));
        for (let step = 0; step < steps; step++) await database.step();
        database.forget(middle);
        const last = new FakePage(database);
        last.redo(structuredClone(undone));
        await database.settle();
        same(
            [database.outbox.map(({ text }) => text), database.kept.text, last.writing.text],
            [['kopi'], 'and then', 'and then'],
            `${steps}`,
        );
    }
});

test('a full disk takes nothing from what is written, and sends it all the same', async () => {
    const { database, pages } = twoPages();
    pages[0].type('a');
    await database.settle();
    database.fails = () => true;
    pages[0].type('b');
    await database.settle();
    database.fails = () => false;
    pages[0].type('c');
    await database.settle();
    same([texts(pages)[0], database.kept.text], ['abc', 'abc']);
    database.fails = () => true;
    pages[0].send();
    await database.settle();
    await microtasks();
    same(
        pages[0].sent.map(({ text }) => text),
        ['abc'],
    );
});

/** The patience of those who send during `act` ends when `end()` is called. */
async function patiently(act) {
    const { setTimeout } = globalThis;
    const waiting = [];
    globalThis.setTimeout = (run, ms, ...rest) =>
        ms === PATIENCE_MS ? waiting.push(() => run(...rest)) : setTimeout(run, ms, ...rest);
    const end = async () => {
        waiting.splice(0).forEach((run) => run());
        await microtasks();
    };
    try {
        await act(end);
    } finally {
        globalThis.setTimeout = setTimeout;
    }
}

test('text written after a message stays, however slow the database is to take the message', async () => {
    for (const later of [true, false]) {
        await patiently(async (end) => {
            const { database, pages } = twoPages();
            pages[0].type('hello');
            await database.settle();
            pages[0].send();
            await end();
            same(
                pages[0].sent.map(({ text }) => text),
                ['hello'],
                'the database holds nobody up',
            );
            same(pages[0].draft.undone.changes.length, 1, 'another page does it, should this one end');
            if (later) await database.settle();
            pages[0].type('h');
            pages[0].type('i');
            await database.settle();
            same(
                [texts(pages)[0], database.kept.text, database.outbox.length, pages[0].draft.undone],
                ['hi', 'hi', 1, null],
                `${later}`,
            );
        });
    }
});

test('a message sent before the database had it leaves the draft, and text of another page stays there', async () => {
    const cases = [
        [(other) => other.type(' world'), ' world'],
        [(other) => other.type('oh, ', 0), 'oh, '],
        [(other) => other.send(), undefined],
    ];
    for (const [act, left] of cases) {
        await patiently(async (end) => {
            const { database, pages } = twoPages();
            pages[0].type('hello');
            await database.settle();
            pages[1].draft.refresh();
            await database.settle();
            act(pages[1]);
            pages[0].send();
            await end();
            same(
                pages[0].sent.map(({ text }) => text),
                ['hello'],
            );
            await database.settle();
            same(
                [texts(pages)[0], database.kept?.text, database.outbox.some(({ id }) => id === pages[0].sent[0].id)],
                [left ?? '', left, true],
            );
        });
    }
});

test('each character is sent once or still there, once, whatever two pages do in whatever order', () =>
    always(400, async (random) => {
        const { database, pages } = twoPages();
        const typed = [];
        const type = (page) => {
            const character = String.fromCodePoint(0x4e00 + typed.length);
            typed.push(character);
            page.type(character, random.chance(0.7) ? undefined : random.below(page.writing.text.length + 1));
        };
        const steps = [
            (page) => type(page),
            (page) => type(page),
            (page) => void (random.chance(0.4) && page.writing.text !== '' && page.send()),
            (page) => void page.draft.refresh(),
            (page) => (page.composing = !page.composing && random.chance(0.3)),
            () => database.step(),
            () => database.step(),
            () => random.chance(0.2) && database.settle(),
            async () => {
                if (!random.chance(0.05)) return;
                const gone = random.below(2);
                const undone = structuredClone(pages[gone].draft.undone);
                if (random.chance(0.5)) database.forget(pages[gone]);
                await database.settle();
                pages[gone] = new FakePage(database);
                if (undone) pages[gone].redo(undone);
                await database.settle();
            },
        ];
        for (let step = 0; step < 80; step++) await random.pick(steps)(random.pick(pages));
        for (const page of pages) page.composing = false;
        for (let round = 0; round < 3; round++) {
            await database.settle();
            for (const page of pages) page.draft.refresh();
        }
        await database.settle();
        holds(
            pages.every(({ writing }) => saysTheSame(whole(writing.draft), whole(database.kept))),
            `shown ${texts(pages)}, kept ${database.kept?.text}`,
        );
        const all = [...database.outbox.map(({ text }) => text), database.kept?.text ?? ''].join('');
        same([...all].filter((each) => each !== '\n').sort(), typed.sort());
    }));
