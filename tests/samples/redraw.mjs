// Draws samples again from docs/sampling.md alone: an independent check of app/samples/draw.py.
// Reads {"vectors": [{frame, design, seed}]} on standard input and writes one result for each.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const STRATA = ["no_further_action", "early_help", "section_17", "section_47"];
const hash = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const bytes = (a, b) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
const plus = (numbers) => numbers.reduce((a, b) => a + b, 0);

function shares(total, weights) {
  const sum = BigInt(plus(weights));
  const whole = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / sum));
  const left = weights.map((weight) => (BigInt(total) * BigInt(weight)) % sum);
  for (let missing = total - plus(whole); missing > 0; missing -= 1) {
    let best = 0;
    left.forEach((rest, place) => { if (rest > left[best]) best = place; });
    whole[best] += 1;
    left[best] = -1n;
  }
  return whole;
}

function places(sizes, design) {
  const strata = STRATA.filter((stratum) => stratum in design.strata);
  if (STRATA.some((s) => !strata.includes(s) && sizes[s][0] + sizes[s][1] > 0)) return null;
  const weights = strata.map((stratum) => design.strata[stratum]);
  if (plus(weights) === 0 || design.total === 0) return null;
  const asked = design.total === null ? weights : shares(design.total, weights);
  const groups = [];
  for (const [place, stratum] of strata.entries()) {
    const [again, others] = sizes[stratum];
    if (asked[place] > again + others) return null;
    let taken = asked[place] > 0 ? shares(asked[place], [again, others]) : [0, 0];
    if (asked[place] > 1 && again > 0 && others > 0) {
      if (taken[0] === 0) taken = [1, asked[place] - 1];
      if (taken[1] === 0) taken = [asked[place] - 1, 1];
    }
    groups.push({ stratum, again, others, taken });
  }
  for (const keep of [1, 0]) {
    while (plus(groups.map((group) => group.taken[0])) < design.minimum) {
      const able = groups.filter((g) => g.taken[0] < g.again && g.taken[1] > keep);
      if (able.length === 0) break;
      // a/b < c/d without dividing; the first of equals stays
      const least = able.reduce((a, b) =>
        (b.taken[0] + 1) * a.again < (a.taken[0] + 1) * b.again ? b : a);
      least.taken[0] += 1;
      least.taken[1] -= 1;
    }
  }
  return plus(groups.map((group) => group.taken[0])) < design.minimum ? null : groups;
}

function redraw({ frame, design, seed }) {
  const rows = frame
    .map(([reference, ...rest]) => [reference.normalize("NFC"), ...rest])
    .sort((a, b) => bytes(a[0], b[0]));
  const sizes = Object.fromEntries(STRATA.map((stratum) => [stratum, [0, 0]]));
  for (const row of rows) sizes[row[1]][row[4] ? 0 : 1] += 1;
  const groups = places(sizes, design);
  if (groups === null) return { refused: true };
  const tickets = rows
    .map(([reference, stratum, , , again]) =>
      [reference, stratum, again, hash(`${seed}\n${reference}`)])
    .sort((a, b) => bytes(a[3], b[3]));
  const result = { digest: hash(rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
    cells: [], tickets, chosen: [], reserves: [] };
  for (const { stratum, again, others, taken } of groups) {
    for (const [side, size] of [again, others].entries()) {
      const here = tickets.filter((t) => t[1] === stratum && t[2] === (side === 0));
      const end = taken[side];
      result.cells.push([stratum, side === 0, size, end]);
      result.chosen.push(...here.slice(0, end));
      if (end > 0) result.reserves.push(...here.slice(end, end + design.reserves));
    }
  }
  return result;
}

const { vectors } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(vectors.map(redraw)));
