// @ts-check
/** Gathering points that would touch on the screen, the same for every view of a zoom. */

/**
 * @typedef {{ id: string, lines: number[][] }} Spot a point feature; `lines[0]` is its x, y in the Mercator square [0, 1]²
 */

/**
 * Gather points: each joins the first group whose first point lies within `reach` pixels, else begins one of its own.
 * @template {Spot} T
 * @param {T[]} spots
 * @param {number} zoom of Leaflet's world of 256-pixel tiles
 * @param {number} reach CSS pixels
 * @returns {T[][]}
 */
export function gather(spots, zoom, reach) {
  const size = (256 * 2 ** zoom) / reach;
  /** @type {Map<string, T[][]>} */
  const cells = new Map();
  /** @type {T[][]} */
  const groups = [];
  for (const spot of spots) {
    const [x, y] = [spot.lines[0][0] * size, spot.lines[0][1] * size];
    const near = around(Math.floor(x), Math.floor(y)).flatMap((key) => cells.get(key) ?? []);
    const group = near.find(([first]) => Math.hypot(first.lines[0][0] * size - x, first.lines[0][1] * size - y) < 1);
    if (group) {
      group.push(spot);
      continue;
    }
    const own = [spot];
    const key = `${Math.floor(x)},${Math.floor(y)}`;
    groups.push(own);
    cells.set(key, [...(cells.get(key) ?? []), own]);
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
