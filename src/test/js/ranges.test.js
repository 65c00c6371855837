import { Ranges } from '../../main/webapp/js/model/ranges.js';
import { always, same, test } from './harness.js';

test('ranges that touch become one', () => {
    const ranges = new Ranges();
    ranges.add(5, 6);
    ranges.add(1, 2);
    ranges.add(3, 4);
    same(ranges.toArray(), [{ from: 1, to: 6 }]);
});

test('the ranges hold the same as a plain set, whatever is added and removed', () =>
    always(300, (random) => {
        const ranges = new Ranges();
        const plain = new Set();
        for (let step = 0; step < 40; step++) {
            const from = 1 + random.below(60);
            const to = from + random.below(8);
            const adding = random.chance(0.65);
            for (let n = from; n <= to; n++) adding ? plain.add(n) : plain.delete(n);
            adding ? ranges.add(from, to) : ranges.remove(from, to);
            const held = ranges.toArray();
            same(
                held.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
                [...plain].sort((a, b) => a - b),
            );
            held.slice(1).forEach((range, i) => same(range.from > held[i].to + 1, true, 'ranges touch'));
        }
    }));
