// @ts-check
/** Cutting lines and rings at a box, so that each tile holds only its own piece of a long road or a wide zone. */

/** West, north, east, south; y grows downwards as on a screen. @typedef {[number, number, number, number]} Box */

/**
 * Cut a ring at a box (Sutherland and Hodgman 1974). What runs along the box is part of the result.
 * @param {ArrayLike<number>} ring x, y, x, y …
 * @param {Box} box
 * @returns {number[]} empty when nothing is inside
 */
export function cutRing(ring, box) {
  let kept = Array.from(ring);
  for (let side = 0; side < 4 && kept.length; side += 1) kept = cutSide(kept, side % 2, box[side], side < 2 ? 1 : -1);
  return kept;
}

/** @param {number[]} ring @param {number} axis 0 for x, 1 for y @param {number} limit @param {number} sign 1: above it is inside */
function cutSide(ring, axis, limit, sign) {
  /** @type {number[]} */
  const kept = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const here = (ring[i + axis] - limit) * sign;
    const before = (ring[j + axis] - limit) * sign;
    if (here >= 0 !== before >= 0) {
      const share = before / (before - here);
      kept.push(ring[j] + (ring[i] - ring[j]) * share, ring[j + 1] + (ring[i + 1] - ring[j + 1]) * share);
    }
    if (here >= 0) kept.push(ring[i], ring[i + 1]);
  }
  return kept;
}

/**
 * Cut a line at a box into the pieces that run inside (Liang and Barsky 1984, segment by segment).
 * @param {ArrayLike<number>} line x, y, x, y …
 * @param {Box} box
 * @returns {number[][]}
 */
export function cutLine(line, box) {
  /** @type {number[][]} */
  const pieces = [];
  /** @type {number[] | null} */
  let piece = null;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const dx = line[i + 2] - line[i];
    const dy = line[i + 3] - line[i + 1];
    const span = inside([line[i], line[i + 1]], [dx, dy], box);
    if (!span) { piece = null; continue; }
    const [from, to] = span;
    if (!piece || from > 0) pieces.push(piece = [line[i] + dx * from, line[i + 1] + dy * from]);
    piece.push(line[i] + dx * to, line[i + 1] + dy * to);
    if (to < 1) piece = null;
  }
  return pieces;
}

/**
 * Return the share of a segment that lies inside the box, as [from, to], or null.
 * @param {[number, number]} start @param {[number, number]} step @param {Box} box
 * @returns {[number, number] | null}
 */
function inside(start, step, box) {
  let from = 0;
  let to = 1;
  for (const axis of [0, 1]) {
    if (step[axis] === 0) {
      if (start[axis] < box[axis] || start[axis] > box[axis + 2]) return null;
      continue;
    }
    const one = (box[axis] - start[axis]) / step[axis];
    const other = (box[axis + 2] - start[axis]) / step[axis];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to ? [from, to] : null;
}

/**
 * Return whether any of a shape lies in a box, and a point of it there, else null.
 * @param {{ type: number, parts: ArrayLike<number>[] }} shape
 * @param {Box} box
 * @returns {[number, number] | null}
 */
export function pointWithin(shape, box) {
  for (const part of shape.parts) {
    if (shape.type === 1) {
      if (part[0] >= box[0] && part[0] <= box[2] && part[1] >= box[1] && part[1] <= box[3]) return [part[0], part[1]];
      continue;
    }
    const pieces = shape.type === 2 ? cutLine(part, box) : [cutRing(part, box)];
    if (pieces[0]?.length) return middle(pieces[0], shape.type);
  }
  return null;
}

/** @param {number[]} piece @param {number} type @returns {[number, number]} */
function middle(piece, type) {
  if (type === 2) {
    const at = Math.floor(piece.length / 4) * 2;
    return [piece[at], piece[at + 1]];
  }
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < piece.length; i += 2) {
    [west, east] = [Math.min(west, piece[i]), Math.max(east, piece[i])];
    [north, south] = [Math.min(north, piece[i + 1]), Math.max(south, piece[i + 1])];
  }
  return [(west + east) / 2, (north + south) / 2];
}
