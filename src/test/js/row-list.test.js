import { RowList } from '../../main/webapp/js/elements/row-list.js';
import { rowsOf } from '../../main/webapp/js/model/rows.js';
import { holds, same, test } from './harness.js';

const entry = (text) => ({ type: 'message', seq: 1, at: '2026-11-23T12:00:00Z', from: { id: 'ana', name: 'Ana' }, text });
const texts = (list) => [...list.querySelectorAll('.text')].map((node) => node.textContent);

test('an entry of another room with the same seq is drawn anew', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    rows.show(rowsOf({ entries: [entry('in the first')] }), null);
    rows.show(rowsOf({ entries: [entry('in the other')] }), null);
    same(texts(list), ['in the other']);
});

test('an entry that is still there keeps its node', () => {
    const list = document.createElement('ol');
    const rows = new RowList(list);
    const said = entry('still there');
    rows.show(rowsOf({ entries: [said] }), null);
    const node = list.querySelector('.message');
    rows.show(rowsOf({ entries: [said] }), null);
    holds(node === list.querySelector('.message'), 'the node was made anew');
});
