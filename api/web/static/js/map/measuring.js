// @ts-check
/** @import { Shape } from './types.d.ts' */
/** Measures within one tile: how far a point is from a shape, and where a text fits on it. */

/**
 * Return the distance in tile units from a point to a shape: 0 inside a polygon, Infinity beyond the tolerance.
 * @param {Shape} shape @param {number} x @param {number} y @param {number} tolerance
 */
export function distance(shape, x, y, tolerance) {
  if (shape.type === 3) return isInside(shape.parts, x, y) ? 0 : Infinity;
  let best = Infinity;
  for (const part of shape.parts) {
    if (part.length === 2) best = Math.min(best, Math.hypot(x - part[0], y - part[1]));
    for (let i = 0; i + 3 < part.length; i += 2) best = Math.min(best, toSegment(part, i, x, y));
  }
  return best <= tolerance ? best : Infinity;
}

/** Return the area of a polygon's piece in tile units², 0 for lines and points. @param {Shape} shape */
export function size(shape) {
  if (shape.type !== 3) return 0;
  return shape.parts.reduce((sum, ring) => sum + Math.abs(ringArea(ring)), 0);
}

/** @param {ArrayLike<number>} ring */
function ringArea(ring) {
  let twice = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) twice += ring[j] * ring[i + 1] - ring[i] * ring[j + 1];
  return twice / 2;
}

/** @param {ArrayLike<number>[]} rings @param {number} x @param {number} y */
function isInside(rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const above = ring[i + 1] > y;
      if (above !== ring[j + 1] > y && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
        odd = !odd;
      }
    }
  }
  return odd;
}

/** @param {ArrayLike<number>} line @param {number} i @param {number} x @param {number} y */
function toSegment(line, i, x, y) {
  const dx = line[i + 2] - line[i];
  const dy = line[i + 3] - line[i + 1];
  const along = ((x - line[i]) * dx + (y - line[i + 1]) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x - line[i] - dx * share, y - line[i + 1] - dy * share);
}

/**
 * Return the widest level span inside a polygon within [0, extent], of three heights tried: where a short text fits.
 * @param {ArrayLike<number>[]} rings @param {number} extent
 * @returns {{ x: number, y: number, room: number, angle: number } | null}
 */
export function levelSpan(rings, extent) {
  let low = extent;
  let high = 0;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      low = Math.min(low, ring[i]);
      high = Math.max(high, ring[i]);
    }
  }
  low = Math.max(0, low);
  high = Math.min(extent, high);
  let best = null;
  for (const share of [0.5, 0.3, 0.7]) {
    const y = low + (high - low) * share;
    const span = high > low ? widestAt(rings, y, extent) : null;
    if (span && (!best || span[1] - span[0] > best.room * 1.3)) {
      best = { x: (span[0] + span[1]) / 2, y, room: span[1] - span[0], angle: 0 };
    }
  }
  return best;
}

/** @param {ArrayLike<number>[]} rings @param {number} y @param {number} extent @returns {[number, number] | null} */
function widestAt(rings, y, extent) {
  /** @type {number[]} */
  const crossings = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      if (ring[i + 1] > y !== ring[j + 1] > y) {
        crossings.push(ring[i] + ((y - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) * (ring[j] - ring[i]));
      }
    }
  }
  crossings.sort((a, b) => a - b);
  /** @type {[number, number] | null} */
  let best = null;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(0, crossings[i]);
    const to = Math.min(extent, crossings[i + 1]);
    if (to > from && (!best || to - from > best[1] - best[0])) best = [from, to];
  }
  return best;
}

/**
 * Return the middle of a line's longest part where a text of that length runs nearly straight along it.
 * @param {ArrayLike<number>[]} lines @param {number} length in tile units
 * @returns {{ x: number, y: number, room: number, angle: number } | null}
 */
export function straightSpan(lines, length) {
  let best = null;
  for (const line of lines) {
    const total = lengthOf(line);
    if (total < length || (best && total <= best.room)) continue;
    const from = along(line, (total - length) / 2);
    const to = along(line, (total + length) / 2);
    const chord = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (chord < length * 0.93) continue;
    let angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    if (Math.abs(angle) > Math.PI / 2) angle += angle > 0 ? -Math.PI : Math.PI;
    best = { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, room: total, angle };
  }
  return best;
}

/** @param {ArrayLike<number>} line */
function lengthOf(line) {
  let total = 0;
  for (let i = 0; i + 3 < line.length; i += 2) total += Math.hypot(line[i + 2] - line[i], line[i + 3] - line[i + 1]);
  return total;
}

/** @param {ArrayLike<number>} line @param {number} wanted @returns {[number, number]} */
function along(line, wanted) {
  let left = wanted;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const step = Math.hypot(line[i + 2] - line[i], line[i + 3] - line[i + 1]);
    if (left <= step && step > 0) {
      return [line[i] + ((line[i + 2] - line[i]) * left) / step, line[i + 1] + ((line[i + 3] - line[i + 1]) * left) / step];
    }
    left -= step;
  }
  return [line[line.length - 2], line[line.length - 1]];
}
