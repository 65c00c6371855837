import { chooseLanguage, currentLanguage, speak } from '../i18n/i18n.js';
import { onAction, settings } from './environment.js';

/** Speaks the language that was chosen, else that of the browser. */
export function startLanguage() {
    const chosen = () => settings.language ?? chooseLanguage(navigator.languages);
    use(chosen());
    settings.onChange('language', () => use(chosen()));
    onAction('language', (tag) => {
        settings.language = tag;
        use(tag);
    });
}

function use(tag) {
    speak(tag);
    document.documentElement.lang = currentLanguage();
}
