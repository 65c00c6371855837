// table.js RESULTS DOCUMENT ROUNDS: puts what wsload measured, a line a run, into the document: a table between the markers of each scenario.
const fs = require('fs');

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

const runs = fs.readFileSync(results, 'utf8').trim().split('\n').map(line => JSON.parse(line));
let document = fs.readFileSync(file, 'utf8');
for (const scenario of new Set(runs.map(run => run.name.split(' ')[1]))) {
  document = replaced(document, scenario, table(scenario));
}
fs.writeFileSync(file, document);

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
  return `${lines.join('\n')}\n\nMedian of ${rounds} interleaved rounds${seconds} (least–most), ${new Date().toISOString().slice(0, 10)}.`;
}

function spread(values, digits) {
  if (values.length === 0) return '–';
  const said = value => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return values.length === 1
    ? said(values[0])
    : `${said(median(values))} (${said(Math.min(...values))}–${said(Math.max(...values))})`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function replaced(text, name, figures) {
  const between = new RegExp(`(<!-- figures: ${name} -->\n)[^]*?(<!-- end -->)`);
  if (!between.test(text)) throw new Error(`${file} has no place for ${name}`);
  return text.replace(between, (_, begin, end) => `${begin}${figures}\n${end}`);
}
