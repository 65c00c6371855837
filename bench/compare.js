// compare.js RESULTS: what bench/compare measured, as a table: each side's median, and the ratio after/before of each round.
const { runsIn, spread, median } = require('./document.js');

const runs = runsIn(process.argv[2]);
const FIGURES = [['CPU µs a delivery', 'us', 3], ['deliveries/s', 'per_s', 0], ['p50 ms', 'p50_ms', 1], ['p99 ms', 'p99_ms', 1]];

console.log('| | | before | after | after / before |\n|---|---|---|---|---|');
for (const scenario of new Set(runs.map(run => run.name.split(' ')[1]))) {
  const of = side => runs.filter(run => run.name === `${side} ${scenario}`);
  const failed = [...of('before'), ...of('after')].filter(run => run.failed).length;
  for (const [title, key, digits] of FIGURES) {
    const rounds = of('before').map((run, i) => [run, of('after')[i]]).filter(pair => pair.every(run => run && !run.failed && run[key] > 0));
    if (rounds.length === 0) continue;
    const ratio = median(rounds.map(([before, after]) => after[key] / before[key]));
    const each = rounds.map(([before, after]) => (after[key] / before[key]).toFixed(2)).join(', ');
    console.log(`| ${scenario} | ${title} | ${spread(rounds.map(([before]) => before[key]), digits)} | ${spread(rounds.map(([, after]) => after[key]), digits)} | **${ratio.toFixed(2)}** (${each}) |`);
  }
  if (failed) console.log(`| ${scenario} | ${failed} runs failed | | | |`);
}
