import '../../main/webapp/js/i18n/dialog-texts.js';
import { dateText, dayText, fullText, timeText } from '../../main/webapp/js/i18n/dates.js';
import { formatOf, LANGUAGES, speak, t } from '../../main/webapp/js/i18n/i18n.js';
import { typingText } from '../../main/webapp/js/i18n/names.js';
import { holds, same, test } from './harness.js';

/** What browsers, systems and users have put where a language tag is expected. */
const BAD = ['en-US@posix', 'en_US', 'en-', 'C', '', 'en US', 'en-US.UTF-8', '{}', 'zh-@', null];
const AT = '2026-11-23T19:31:32.123Z';

/** Runs `act` in a browser that reports these languages. */
function reporting(languages, act) {
    const navigator = (globalThis.navigator ??= {});
    Object.defineProperty(navigator, 'languages', { value: languages, configurable: true });
    try {
        act();
    } finally {
        delete navigator.languages;
    }
}

test('a language tag that the browser refuses is passed over, in each kind of format', () => {
    for (const kind of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'ListFormat']) {
        for (const tag of BAD) {
            const { locale } = formatOf(kind, [tag, 'zh-CN']).resolvedOptions();
            holds(locale.startsWith('zh') || tag === 'C' || tag === '', `${kind} ${tag}: ${locale}`);
            holds(formatOf(kind, [tag]).resolvedOptions().locale, `${kind} ${tag}`);
        }
    }
});

test('dates are drawn with whatever tags the browser reports', () => {
    for (const language of Object.keys(LANGUAGES)) {
        speak(language);
        for (const tag of BAD.filter((each) => typeof each === 'string')) {
            reporting([tag, 'en-GB', 'zh-TW'], () => {
                for (const draw of [timeText, fullText]) holds(draw(AT).length > 0, `${language} ${tag}`);
                for (const draw of [dateText, dayText]) holds(draw('2026-11-23').length > 0, `${language} ${tag}`);
            });
        }
    }
    speak('en');
});

test('the conventions are those of the first tag of the language that the browser knows', () => {
    const hour = () => timeText(new Date(2026, 10, 23, 19, 31)).replace(/\s/, ' ');
    reporting(['en-US@posix', 'en-GB'], () => same(hour(), '19:31'));
    reporting(['en-US', 'en-GB'], () => same(hour(), '7:31 PM'));
    reporting(['zh-CN'], () => same(hour(), '7:31 PM'));
});

test('a stored language that there is not is English', () => {
    for (const tag of ['toString', 'constructor', '__proto__', 'xx', '', 7, {}]) {
        speak(tag);
        same([t('room.below', { n: 1 }), typingText([{ name: 'Ana' }])], ['1 new message', 'Ana is typing…']);
    }
    speak('en');
});
