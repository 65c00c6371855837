import { ComposerState } from '../../main/webapp/js/model/composer-state.js';
import { EVERYBODY } from '../../main/webapp/js/model/mentions.js';
import { same, test } from './harness.js';

const source = { seq: 7, epoch: 'e-1', name: 'Budi', text: 'Kopi?' };
const nothing = { text: '', people: [], reply: null };

function begun(text) {
    const writing = new ComposerState();
    writing.text = text;
    return writing;
}

test('a finished message has its reply and its mentions, and the next begins empty', () => {
    const writing = begun('@Budi yes  ');
    writing.answer(source);
    writing.people = [
        { id: 'u-2', name: 'Budi' },
        { id: 'u-3', name: 'Siti' },
    ];
    same(writing.finish(), {
        text: '@Budi yes',
        replyTo: 7,
        call: null,
        epoch: 'e-1',
        mentions: ['u-2'],
        calls: null,
    });
    same(writing.draft, nothing);
    same(begun('@Budi and @Siti').finish([{ id: 'u-9', name: 'Siti' }]).mentions, ['u-9'], 'nobody was chosen');
    same(begun('hi').finish(), { text: 'hi', replyTo: null, call: null, epoch: null, mentions: null, calls: null });
});

test('a reply calls its author unless that is turned off, and the draft keeps that', () => {
    const writing = begun('yes');
    writing.call = false;
    same(writing.reply, null, 'there is no reply');
    writing.answer({ ...source, call: true });
    writing.call = false;
    const other = new ComposerState();
    other.follow(writing.draft);
    same([other.reply.call, other.finish().call], [false, false]);
    writing.call = true;
    same(writing.finish().call, null);
});

test('a text calls everybody only where the user may', () => {
    same(begun('@all food').finish([]).calls, null);
    same(begun('@all food').finish(EVERYBODY).calls, 'all');
    const writing = begun('');
    writing.edit({ seq: 3, text: '@here' });
    same(writing.finish(EVERYBODY).calls, 'here');
});

test('while a message is written anew the draft is kept, and comes back', () => {
    const writing = begun('not finished');
    writing.answer(source);
    writing.edit({ seq: 3, epoch: 'e-1', text: 'old' });
    writing.text = 'new';
    same(writing.draft, {
        text: 'not finished',
        people: [],
        reply: source,
        edit: { seq: 3, epoch: 'e-1', text: 'new', was: 'old' },
    });
    same(writing.finish(), { seq: 3, epoch: 'e-1', text: 'new', mentions: null, calls: null });
    same([writing.text, writing.reply, writing.edited], ['not finished', source, null]);
    writing.edit({ seq: 3, text: 'old' });
    writing.edit({ seq: 4, text: 'another' });
    same([writing.leave(), writing.text, writing.edited], [true, 'not finished', null]);
});

test('an edit mentions those whom its text calls', () => {
    const writing = begun('@Siti');
    writing.people = [{ id: 'u-3', name: 'Siti' }];
    writing.edit({ seq: 3, epoch: 'e-1', text: 'old' });
    writing.text = '@Budi and @Siti';
    writing.choose({ id: 'u-8', name: 'Budi' });
    same(writing.finish([{ id: 'u-2', name: 'Budi' }]).mentions, ['u-8'], 'who was chosen, of two of that name');
    same(writing.people, [{ id: 'u-3', name: 'Siti' }]);
});

test('leaving ends the edit first, then the reply, then nothing', () => {
    const writing = begun('text');
    writing.answer(source);
    writing.edit({ seq: 3, text: 'old' });
    same([writing.leave(), writing.leave(), writing.leave(), writing.text], [true, true, false, 'text']);
});

test('an answer ends an edit', () => {
    const writing = begun('draft');
    writing.edit({ seq: 3, text: 'old' });
    writing.answer(source);
    same([writing.text, writing.reply, writing.edited], ['draft', source, null]);
});

test('text that was not sent comes back before the present text', () => {
    const writing = begun('after');
    writing.takeBack({ text: 'before', people: [{ id: 'u-2', name: 'Budi' }], reply: source });
    same(writing.draft, { text: 'before\nafter', people: [{ id: 'u-2', name: 'Budi' }], reply: source });
});

test('the text of another page replaces the present text, an edit included', () => {
    const writing = begun('mine');
    writing.follow({ text: 'begun', people: [], reply: source, edit: { seq: 3, text: 'half' } });
    same([writing.text, writing.edited.seq], ['half', 3]);
    writing.follow({ text: 'begun', people: [], reply: source, edit: { seq: 3, text: 'half a' } });
    same(writing.finish(), { seq: 3, epoch: null, text: 'half a', mentions: null, calls: null });
    same(writing.draft, { text: 'begun', people: [], reply: source });
    writing.edit({ seq: 4, text: 'four' });
    writing.follow({ ...nothing, edit: null });
    same([writing.draft, writing.edited], [nothing, null]);
});

test('a cancelled edit with changes can be returned to, until something is sent', () => {
    const old = { seq: 3, epoch: 'e-1', text: 'old' };
    const ways = {
        'Escape is pressed': (writing) => writing.leave(),
        'a reply is begun': (writing) => writing.answer(source),
        'another message is edited': (writing) => writing.edit({ seq: 4, epoch: 'e-1', text: 'four' }),
        'a message is taken back': (writing) => writing.takeBack({ text: 'before' }),
    };
    for (const [about, leave] of Object.entries(ways)) {
        const writing = begun('draft');
        writing.edit(old);
        writing.text = 'changed';
        if (about.startsWith('another')) writing.follow(writing.draft);
        leave(writing);
        if (about.startsWith('another')) writing.leave();
        same(writing.cancelled, { ...old, text: 'changed', was: 'old' }, about);
        writing.resume();
        same([writing.text, writing.edited, writing.cancelled], ['changed', old, null], about);
        writing.finish();
        same([writing.cancelled, writing.edited], [null, null], about);
    }
    const writing = begun('draft');
    writing.edit(old);
    writing.leave();
    same(writing.cancelled, null, 'nothing was changed');
    writing.edit(old);
    writing.text = 'changed';
    writing.leave();
    writing.finish();
    same(writing.cancelled, null, 'another message was sent');
});
