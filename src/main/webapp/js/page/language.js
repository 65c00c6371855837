import { chooseLanguage, currentLanguage, speak } from '../i18n/i18n.js';
import { onWish, settings } from './base.js';

/** Speaks the language that was chosen, else that of the browser. */
export function startLanguage() {
    const chosen = () => settings.language ?? chooseLanguage(navigator.languages);
    say(chosen());
    settings.onChange('language', () => say(chosen()));
    onWish('language', (tag) => {
        settings.language = tag;
        say(tag);
    });
}

function say(tag) {
    speak(tag);
    document.documentElement.lang = currentLanguage();
}
