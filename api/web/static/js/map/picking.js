// @ts-check
/** @import { Found } from './types.d.ts' */
/** What lies at a place: asked of every layer that is shown, the uppermost first. */

const MOST = 12;

/**
 * Return everything within reach: points, then lines, then areas from the smallest, which says most about the place.
 * @param {Iterable<any>} layers those that answer
 * @param {any} at L.LatLng
 * @param {number} tolerance CSS pixels
 * @returns {Promise<Found[]>}
 */
export async function pick(layers, at, tolerance) {
  const upper = [...layers].sort((a, b) => b.settings.zIndex - a.settings.zIndex);
  const answers = await Promise.all(upper.map((layer) => layer.query(at, tolerance)));
  return answers.flat().sort((a, b) => (a.size ?? 0) - (b.size ?? 0)).slice(0, MOST);
}

/** How near a click must be: a finger is wider than a mouse. */
export const tolerance = () => (matchMedia('(pointer: coarse)').matches ? 16 : 8);
