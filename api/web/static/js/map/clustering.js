// @ts-check
/** Gathering points that would touch on the screen, the same for every view of a zoom. */

/** A point feature; `lines[0]` is its x, y in the Mercator square [0, 1]². @typedef {{ id: string, lines: number[][] }} Spot */

/** The widest reach there is: the width of the cells that neighbours are looked for in. */
const CELL = 46;

/**
 * Gather points: each joins the first group whose first point it would touch, else begins one of its own.
 * @template {Spot} T
 * @param {T[]} spots the most important first
 * @param {number} zoom of Leaflet's world of 256-pixel tiles
 * @param {(one: T, other: T) => number} reach pixels, at most 46, that two must be apart, across or down, not to touch
 * @returns {T[][]}
 */
export function gather(spots, zoom, reach) {
  const size = 256 * 2 ** zoom;
  /** @type {Map<string, T[][]>} */
  const cells = new Map();
  /** @type {T[][]} */
  const groups = [];
  for (const spot of spots) {
    const [x, y] = [spot.lines[0][0] * size, spot.lines[0][1] * size];
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    const touches = (/** @type {T[]} */ [first]) => Math.max(Math.abs(first.lines[0][0] * size - x), Math.abs(first.lines[0][1] * size - y)) < reach(first, spot);
    const group = around(column, row).flatMap((key) => cells.get(key) ?? []).find(touches);
    if (group) {
      group.push(spot);
      continue;
    }
    const own = [spot];
    groups.push(own);
    cells.set(`${column},${row}`, [...(cells.get(`${column},${row}`) ?? []), own]);
  }
  return groups;
}

/** @param {number} x @param {number} y */
function around(x, y) {
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${x + dx},${y + dy}`));
}

/** Return the middle of some points as latitude and longitude. @param {Spot[]} spots @returns {[number, number]} */
export function place(spots) {
  const x = spots.reduce((sum, { lines }) => sum + lines[0][0], 0) / spots.length;
  const y = spots.reduce((sum, { lines }) => sum + lines[0][1], 0) / spots.length;
  return [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];
}
