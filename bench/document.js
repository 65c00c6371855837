// What the figures of a bench and docs/performance.md have to do with each other.
const fs = require('fs');

/** The runs in a file: a line of JSON each. */
exports.runsIn = file => fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));

exports.median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The median, and the least and the most when there are several. */
exports.spread = (values, digits) => {
  if (values.length === 0) return '–';
  const said = value => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return values.length === 1
    ? said(values[0])
    : `${said(exports.median(values))} (${said(Math.min(...values))}–${said(Math.max(...values))})`;
};

exports.day = () => new Date().toISOString().slice(0, 10);

/** Puts figures between the markers that have the name. */
exports.write = (file, name, figures) => {
  const text = fs.readFileSync(file, 'utf8');
  const between = new RegExp(`(<!-- figures: ${name} -->\n)[^]*?(<!-- end -->)`);
  if (!between.test(text)) throw new Error(`${file} has no place for ${name}`);
  fs.writeFileSync(file, text.replace(between, (_, begin, end) => `${begin}${figures}\n${end}`));
};
