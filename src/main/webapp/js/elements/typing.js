import { typingText } from '../i18n/names.js';
import { h, PageElement, write } from './dom.js';

/** The line that says who is typing. It keeps its space when nobody is, so that nothing moves. */
export class TypingElement extends PageElement {
    #words;
    #people = [];

    build() {
        this.#words = h('p');
        this.append(this.#words);
    }

    render() {
        write(this.#words, typingText(this.#people));
    }

    set people(people) {
        this.#people = people;
        this.render();
    }
}
