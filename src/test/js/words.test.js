import '../../main/webapp/js/i18n/dialog-texts.js';
import { chooseLanguage, LANGUAGES, speak, t } from '../../main/webapp/js/i18n/i18n.js';
import { roomText, typingText } from '../../main/webapp/js/i18n/names.js';
import { isRoomName } from '../../main/webapp/js/model/address.js';
import { initialsOf, toneOf } from '../../main/webapp/js/model/names.js';
import { backoffMs, mayReconnect, reasonOf } from '../../main/webapp/js/model/reconnect.js';
import { always, holds, same, test } from './harness.js';

const { en, 'zh-CN': zh } = LANGUAGES;
const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
const forms = (text) => (typeof text === 'string' ? [text] : Object.values(text));

test('each language says everything', () => {
    same(Object.keys(zh), Object.keys(en));
});

test('each text has its blanks and its plural forms in each language', () => {
    for (const [tag, texts] of Object.entries(LANGUAGES)) {
        const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
        for (const [key, text] of Object.entries(texts)) {
            same(typeof text === 'string', typeof en[key] === 'string', `${tag} ${key}`);
            if (typeof text !== 'string') same(Object.keys(text).sort(), categories, `${tag} ${key}`);
            for (const form of forms(text)) same(blanks(form), blanks(forms(en[key])[0]), `${tag} ${key}`);
        }
    }
});

test('Chinese uses no English punctuation or words by mistake', () => {
    for (const [key, text] of Object.entries(zh)) {
        if (key === 'app.name' || key === 'announce.said' || key.startsWith('keys.')) continue;
        for (const form of forms(text)) holds(/\p{Script=Han}/u.test(form) && !/[,;!?]/.test(form), `${key}: ${form}`);
    }
});

test('every close code has its sentence', () => {
    for (const code of [
        403, 1000, 1001, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1013, 4000, 4001, 4002, 4003, 4004, 4005, 4006, 4100,
        4500, 4501, 4502, 4503, 4504, 4505, 4999, 401,
    ]) {
        holds(`closed.${reasonOf(code)}` in en, `${code}`);
    }
    same(
        [reasonOf(4000), reasonOf(4005), reasonOf(4006), reasonOf(4777), reasonOf(4300), mayReconnect(4499), mayReconnect(4500)],
        ['restarting', 'crowded', 'no-database', 'refused', 'closed', true, false],
    );
});

test('numbers and plurals are those of the language', () => {
    speak('en');
    same([t('room.below', { n: 1 }), t('room.below', { n: 1_234 })], ['1 new message', '1,234 new messages']);
    speak('zh-CN');
    same(t('room.below', { n: 1 }), '1 条新消息');
    speak('en');
});

test('typing users are named in a sentence, many as several', () => {
    const people = ['Ana', 'Budi', '小梅', 'Citra'].map((name) => ({ name }));
    const words = () => [0, 1, 2, 3, 4].map((n) => typingText(people.slice(0, n)));
    same(words(), [
        '',
        'Ana is typing…',
        'Ana and Budi are typing…',
        'Ana, Budi, and 小梅 are typing…',
        'Several people are typing…',
    ]);
    speak('zh-CN');
    same(words()[2], 'Ana和Budi 正在输入…');
    speak('en');
});

test('a direct conversation is called by the name of the other one, never by its own', () => {
    same(
        [{ name: 'kitchen' }, { name: 'direct.u-1.u-2', with: { name: 'Budi' } }, { name: 'direct.u-1.u-2' }].map(
            roomText,
        ),
        ['#kitchen', 'Budi', 'Direct message'],
    );
});

test('text put into a placeholder is not read for placeholders', () => {
    same(t('announce.said', { name: '{text}', text: '$&' }), '{text}: $&');
});

test('the language is the first of the browser that we speak', () => {
    same(chooseLanguage(['de-DE', 'zh-TW', 'en']), 'zh-CN');
    same(
        [chooseLanguage(['en-GB', 'zh']), chooseLanguage(['zh-Hans-CN']), chooseLanguage(['de']), chooseLanguage([])],
        ['en', 'zh-CN', 'en', 'en'],
    );
});

test('initials are letters people would choose', () => {
    same(['Ana', 'Ana Maria', 'ana de la cruz', '李小龙', 'Ana 2', '小梅 2', '👩‍👩‍👧 x', 'ليلى', ' '].map(initialsOf), [
        'A',
        'AM',
        'AC',
        '李',
        'A2',
        '小',
        '👩‍👩‍👧',
        'ل',
        '?',
    ]);
});

test('colours are of eight, the same each time, and all are used', () => {
    const tones = Array.from({ length: 400 }, (_, i) => toneOf(`u-${i}`));
    same([...new Set(tones)].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
    same(toneOf('u-4f2k9q'), toneOf('u-4f2k9q'));
});

test('waits are random, grow, and stay between half a second and twenty', () =>
    always(200, (random) => {
        for (let failures = 0; failures < 20; failures++) {
            const wait = backoffMs(failures, () => random.next());
            holds(wait >= 500 && wait <= Math.min(20_000, 1_000 * 2 ** failures), `${failures}: ${wait}`);
        }
    }));

test('room names are those of the protocol', () => {
    same(['lobby', '0', 'a.b_c-d', 'a'.repeat(64)].map(isRoomName), [true, true, true, true]);
    same(['', 'Lobby', '-a', 'a b', '大堂', 'a'.repeat(65), '../etc', 'a\n'].map(isRoomName), Array(8).fill(false));
});
