// table.js RESULTS DOCUMENT ROUNDS: puts what wsload measured, a line a run, into the document: a table between the markers of each scenario.
const { runsIn, median, spread, day, write } = require('./document.js');

const [, , results, file, rounds] = process.argv;
const ROWS = {
  bin: 'Warung, `warung.v1.bin`, ephemeral room',
  durable: 'Warung, `warung.v1.bin`, durable room',
  text: 'Warung, `warung.v1`, ephemeral room',
  plain: 'Warung, plain mode, ephemeral room',
  bun: 'Bun, publish',
  ws: 'node, `ws`',
};
const BUSY = [
  ['CPU µs a delivery', 'us', 3],
  ['deliveries/s', 'per_s', 0],
  ['p50 ms', 'p50_ms', 1],
  ['p99 ms', 'p99_ms', 1],
  ['messages a frame', 'per_frame', 1],
];
const IDLE = [
  ['RSS KiB a connection', 'kib_per_connection', 1],
  ['CPU % of a core', 'cpu_percent', 1],
];

const runs = runsIn(results);
for (const scenario of new Set(runs.map(run => run.name.split(' ')[1]))) {
  write(file, scenario, table(scenario));
}

function table(scenario) {
  const columns = scenario === 'idle' ? IDLE : BUSY;
  const lines = [`| |${columns.map(([title]) => ` ${title} |`).join('')}`, `|---|${columns.map(() => '---|').join('')}`];
  for (const [row, title] of Object.entries(ROWS)) {
    const of = runs.filter(run => run.name === `${row} ${scenario}`);
    const good = of.filter(run => !run.failed);
    if (of.length === 0) continue;
    const failed = good.length < of.length ? ` (${of.length - good.length} of ${of.length} runs failed)` : '';
    lines.push(`| ${title}${failed} |${columns.map(([, key, digits]) => ` ${spread(good.map(run => run[key]), digits)} |`).join('')}`);
  }
  const seconds = scenario === 'idle' ? '' : ` of ${Math.round(median(runs.filter(run => run.secs).map(run => run.secs)))} s`;
  return `${lines.join('\n')}\n\nMedian of ${rounds} interleaved rounds${seconds} (least–most), ${day()}.`;
}
