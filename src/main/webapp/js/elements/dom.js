import { onLanguage, sentence } from '../i18n/i18n.js';
import { dispatch } from './actions.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Creates an element from `given`: `on…` are listeners, `text` is its text, `value` and booleans are properties, all
 * others are attributes; absent values are left out. Children are nodes or strings; strings become text, never markup.
 */
export function h(tag, given, ...children) {
    return fill(document.createElement(tag), given, children);
}

/** Creates an SVG element in the same way. */
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

/** Returns the nodes of the text `key`: each replaced value is isolated, so that its direction stays its own. */
export function spoken(key, values) {
    return sentence(key, values).map((piece) => (typeof piece === 'string' ? piece : h('bdi', { text: piece.value })));
}

/** Gives a node this text; where it has it already, the browser need not lay it out again. */
export function write(node, text) {
    if (node.textContent !== text) node.textContent = text;
}

/** Hides a node, or shows it; where it is so already, nothing changes. */
export function hide(node, hidden) {
    if (node.hidden !== hidden) node.hidden = hidden;
}

/**
 * Has `parent` show these nodes and no others. Those that stay there are not taken out: a press that begins before and
 * ends after would be none.
 */
export function place(parent, nodes) {
    const wanted = new Set(nodes);
    for (const node of [...parent.children]) if (!wanted.has(node)) node.remove();
    let next = parent.firstChild;
    for (const node of nodes) {
        if (node === next) next = next.nextSibling;
        else parent.insertBefore(node, next);
    }
}

/** Returns `make()`, or `plain()` if that throws: one thing that cannot be drawn must not stop the others. */
export function drawn(make, plain) {
    try {
        return make();
    } catch (fault) {
        console.error(fault);
        return plain();
    }
}

/** Replaces a part of the field's text as if it was typed: the user can undo it, and the field has an `input` event. */
export function insert(field, text, from, to) {
    field.focus();
    field.setSelectionRange(from, to);
    if (document.execCommand('insertText', false, text)) return;
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/**
 * The base class of the page's elements: builds itself once when it is connected, and renders its texts again when the
 * language changes.
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

    /** Creates the nodes. */
    build() {}

    /** Renders the texts in the current language. */
    render() {}

    /** Dispatches one of `ACTIONS` from this element. */
    dispatch(name, payload) {
        dispatch(this, name, payload);
    }
}
