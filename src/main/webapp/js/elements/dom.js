import { onLanguage } from '../i18n/i18n.js';
import { dispatch } from './actions.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with what is in `given`: `on…` are listeners, `text` its text, `value` and booleans are properties, all
 * others attributes; what is absent stays out. Children are nodes or strings; strings become text, never markup.
 */
export function h(tag, given, ...children) {
    return fill(document.createElement(tag), given, children);
}

/** The same for SVG. */
export function svg(tag, given, ...children) {
    return fill(document.createElementNS(SVG, tag), given, children);
}

function fill(element, given, children) {
    for (const [name, value] of Object.entries(given ?? {})) {
        if (value == null) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (name === 'text') element.textContent = value;
        else if (typeof value === 'boolean' || name === 'value') element[name] = value;
        else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
}

/**
 * An element of the page: builds itself once when it comes to the page, and says its words anew in another language.
 */
export class PageElement extends HTMLElement {
    #built = false;

    connectedCallback() {
        if (this.#built) return;
        this.#built = true;
        this.build();
        this.render();
        onLanguage(() => this.render());
    }

    /** Makes the nodes. */
    build() {}

    /** Puts the words of the present language in. */
    render() {}

    /** Tells the page that somebody wants one of `ACTIONS`. */
    dispatch(name, payload) {
        dispatch(this, name, payload);
    }
}
