import { dayOf } from '../model/calendar.js';
import { redrawReactions, rowNode, rowState } from './row-nodes.js';

/** Keeps a list element equal to a list of rows, and touches only what differs. The focus stays where it is. */
export class RowList {
    #list;
    #nodes = new Map();

    constructor(list) {
        this.#list = list;
    }

    /** Creates all nodes again the next time. */
    forget() {
        this.#nodes.clear();
        this.#list.replaceChildren();
    }

    show(rows, me) {
        const focused = this.#list.contains(document.activeElement)
            ? [...this.#list.children].findIndex((node) => node.contains(document.activeElement))
            : -1;
        const keys = new Set(rows.map((row) => row.key));
        for (const [key, { node }] of this.#nodes) {
            if (keys.has(key)) continue;
            node.remove();
            this.#nodes.delete(key);
        }
        const today = dayOf(Date.now());
        let next = this.#list.firstChild;
        for (const row of rows) {
            const before = this.#nodes.get(row.key)?.node;
            const node = this.#nodeOf(row, me, today);
            if (before && before === next) next = node.nextSibling;
            else this.#list.insertBefore(node, next);
        }
        if (focused >= 0 && !this.#list.contains(document.activeElement)) this.#focusNear(focused);
    }

    /** Returns the node of the entry `seq`, or of the first one after it; absent if there is none. */
    nodeAt(seq) {
        return [...this.#list.children].find(({ row }) => row.entry?.seq >= seq);
    }

    /** The line above the new messages; absent if there is none. */
    get newNode() {
        return this.#nodes.get('new')?.node;
    }

    /**
     * Returns the node of a row. The entry must also be the same: one of another room, or of a reset room, may have the
     * same key.
     */
    #nodeOf(row, me, today) {
        const known = this.#nodes.get(row.key);
        if (known?.node.row === row && known.today === today) return known.node;
        const state = `${row.type} ${rowState(row, today)}`;
        const same = known?.state === state && isSame(known.node.row.entry, row.entry);
        const node = same ? known.node : rowNode(row, me);
        if (!same) this.#replace(known?.node, node);
        else redrawReactions(node, row);
        node.row = row;
        this.#nodes.set(row.key, { node, state, today });
        return node;
    }

    /** The row with the focus is gone or has another key: the row in its place has the focus, or the nearest above. */
    #focusNear(index) {
        const above = [...this.#list.children].slice(0, index + 1).reverse();
        for (const node of above) {
            node.focus({ preventScroll: true });
            if (node === document.activeElement) return;
        }
    }

    #replace(old, node) {
        const focused = old?.contains(document.activeElement);
        old?.replaceWith(node);
        if (focused) node.focus({ preventScroll: true });
    }
}

/** True for two states of one entry. */
function isSame(one, other) {
    return one === other || (one?.room === other?.room && one?.seq === other?.seq && one?.at === other?.at);
}
