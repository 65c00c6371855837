import { Completion } from '../../main/webapp/js/elements/completion.js';
import { same, test } from './harness.js';

const person = (name) => ({ id: `of ${name}`, name });

/** A field with suggestions, where those `near` are known at once and `come(names)` brings those who are asked for. */
function aField(...near) {
    return aFieldWhere(false, ...near);
}

/** The same, where the user `mayCall` everybody. */
function aFieldWhere(mayCall, ...near) {
    const field = document.createElement('textarea');
    document.body.append(field);
    const taken = [];
    const asked = [];
    const completion = new Completion(field, ({ name }) => taken.push(name));
    const waiting = [];
    completion.people = {
        near: () => near.map(person),
        mayCall: () => mayCall,
        find: (word) => {
            asked.push(word);
            return new Promise((resolve) => waiting.push(resolve));
        },
    };
    field.addEventListener('input', () => completion.look());
    const type = (text) => {
        field.value = text;
        field.setSelectionRange(text.length, text.length);
        completion.look();
    };
    const press = (key) => completion.takes(new KeyboardEvent('keydown', { key }));
    const come = async (...names) => {
        for (const resolve of waiting.splice(0)) resolve(names.map(person));
        await null;
        await null;
    };
    const shown = () =>
        [...completion.node.children].map((node) =>
            node.getAttribute('aria-selected') === 'true'
                ? `[${node.lastChild.textContent}]`
                : node.lastChild.textContent,
        );
    return { field, completion, taken, asked, type, press, come, shown };
}

test('Enter completes what has begun, not what is whole or empty, and Tab completes all of them', () => {
    for (const [text, enter, wanted] of [
        ['@', false, '@Ana '],
        ['@an', true, '@Ana '],
        ['@ana', false, '@Ana '],
        ['@Ana ', false, '@Ana Maria '],
        ['@ana m', true, '@Ana Maria '],
        ['@maria', true, '@Ana Maria '],
    ]) {
        const one = aField('Ana', 'Ana Maria');
        one.type(text);
        same([one.press('Enter'), one.field.value], [enter, enter ? wanted : text], `Enter after ${text}`);
        const other = aField('Ana', 'Ana Maria');
        other.type(text);
        same([other.press('Tab'), other.field.value], [true, wanted], `Tab after ${text}`);
        same(other.press('Enter'), false, 'there is no list any more');
        for (const { field } of [one, other]) field.remove();
    }
});

test('who comes later changes what Enter does, but not what the arrow keys have chosen', async () => {
    const { field, type, press, come, shown } = aField('Ana Maria');
    type('@ana');
    same(shown(), ['[Ana Maria]']);
    await come('Ana');
    same([shown(), press('Enter')], [['Ana', 'Ana Maria'], false], 'the name is whole');
    press('ArrowDown');
    press('ArrowDown');
    same([shown(), press('Enter'), field.value], [['Ana', '[Ana Maria]'], true, '@Ana Maria ']);
    field.remove();
});

test('a dismissed list stays away until the mention changes', () => {
    const { field, type, press, shown } = aField('Ana', 'Anastasia');
    type('@an');
    press('Escape');
    type('@ana');
    same(shown(), []);
    type('@');
    type('@an');
    same(shown(), ['[Ana]', 'Anastasia']);
    field.remove();
});

test('unknown names in the text are asked for, each once in a room', async () => {
    const { field, completion, asked, type, come } = aField('Ana');
    type('@Ana @Budi and `@Code` @Citra hi');
    type('@Ana @Budi and `@Code` @Citra hi!');
    same(asked, ['Budi', 'Citra']);
    await come('Budi', 'Citra Ayu');
    same(
        completion.known.map(({ name }) => name),
        ['Ana', 'Budi', 'Citra Ayu', 'Budi', 'Citra Ayu'],
    );
    completion.reset();
    type('@Budi hi');
    completion.reset();
    await come('Budi');
    same([asked, completion.known.length], [['Budi', 'Citra', 'Budi'], 1], 'an answer for another room');
    field.remove();
});

test('everybody is offered where the user may call them, in the language of the page unless it has begun', () => {
    for (const [mayCall, text, wanted] of [
        [true, '@', ['Ana', 'all', 'here']],
        [true, '@al', ['[all]']],
        [true, '@所', ['[所有人]']],
        [false, '@al', []],
    ]) {
        const { field, completion, type } = aFieldWhere(mayCall, 'Ana');
        type(text);
        const names = [...completion.node.children].map((node) => {
            const name = node.querySelector('bdi').textContent;
            return node.getAttribute('aria-selected') === 'true' ? `[${name}]` : name;
        });
        same(names, wanted, text);
        field.remove();
    }
    const { field, completion, taken, type, press } = aFieldWhere(true, 'Ana', 'Budi', 'Citra', 'Dewi', 'Eka', 'Fitri');
    type('@');
    same(
        [...completion.node.querySelectorAll('bdi')].map(({ textContent }) => textContent),
        ['Ana', 'Budi', 'Citra', 'Dewi', 'all', 'here'],
    );
    type('@her');
    same([press('Enter'), field.value, taken], [true, '@here ', []]);
    type('@all');
    same(press('Enter'), false, 'it is whole');
    field.remove();
});
