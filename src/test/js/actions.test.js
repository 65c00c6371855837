import { ACTIONS, dispatch, onAction } from '../../main/webapp/js/elements/actions.js';
import { holds, same, test } from './harness.js';

/** What `act` throws; null when it does not. */
function faultOf(act) {
    try {
        act();
        return null;
    } catch (fault) {
        return fault;
    }
}

test('an action that nobody knows is refused, by who wants it and by who would handle it', () => {
    for (const name of ['', 'Name', 'tested', 'toString', '__proto__', 'constructor', null]) {
        for (const act of [() => dispatch(new EventTarget(), name, 1), () => onAction(name, () => {})]) {
            holds(faultOf(act) instanceof TypeError, `${name} is refused`);
        }
    }
});

test('each action of the table can be dispatched, and comes as an event with its payload', () => {
    for (const name of ACTIONS) {
        const node = new EventTarget();
        const heard = [];
        node.addEventListener(`warung:${name}`, ({ detail, bubbles }) => heard.push([detail, bubbles]));
        dispatch(node, name, { seq: 1 });
        dispatch(node, name);
        same(
            heard,
            [
                [{ seq: 1 }, true],
                [null, true],
            ],
            name,
        );
    }
});
