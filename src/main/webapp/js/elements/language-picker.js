import { currentLanguage, LANGUAGES, onLanguage, t } from '../i18n/i18n.js';
import { dispatch } from './actions.js';
import { h } from './dom.js';

/** Creates a choice of the page's languages, each under its own name. */
export function languagePicker(id = null) {
    const options = Object.entries(LANGUAGES).map(([tag, texts]) =>
        h('option', { value: tag, lang: tag, text: texts['app.language'] }),
    );
    const picker = h('select', { id, class: 'language' }, ...options);
    const render = () => {
        picker.value = currentLanguage();
        picker.setAttribute('aria-label', t('profile.language'));
    };
    picker.addEventListener('change', () => dispatch(picker, 'language', picker.value));
    onLanguage(render);
    render();
    return picker;
}
