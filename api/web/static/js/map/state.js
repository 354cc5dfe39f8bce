// @ts-check
/** @import { State } from './types.d.ts' */
/** The map's state in the address: #zoom/latitude/longitude/layers/dataset:feature. Reading is strict: a bad hash is none. */

/** @param {State} state */
export function format(state) {
  const feature = state.feature ? `/${state.feature.layer}:${encodeURIComponent(state.feature.id)}` : '';
  return `#${state.zoom}/${state.lat.toFixed(5)}/${state.lng.toFixed(5)}/${(state.layers ?? []).join('.')}${feature}`;
}

/**
 * Return the state a hash speaks of, or null. `layers` is null where it names none.
 * @param {string} hash
 * @returns {State | null}
 */
export function parse(hash) {
  const [zoom, lat, lng, layers, feature] = hash.replace(/^#/, '').split('/');
  if (![zoom, lat, lng].every((text) => /^-?\d+(\.\d+)?$/.test(text ?? ''))) return null;
  const state = { zoom: Number(zoom), lat: Number(lat), lng: Number(lng) };
  if (state.zoom > 22 || state.zoom < 0 || Math.abs(state.lat) > 85 || Math.abs(state.lng) > 180) return null;
  const named = layers === undefined ? null : layers.split('.').filter((id) => /^[a-z][a-z0-9_]*$/.test(id));
  return { ...state, layers: named, feature: parseFeature(feature ?? '') };
}

/** @param {string} text @returns {State['feature']} */
function parseFeature(text) {
  const parts = /^([a-z][a-z0-9_]*):(.+)$/.exec(text);
  if (!parts) return null;
  try {
    return { layer: parts[1], id: decodeURIComponent(parts[2]) };
  } catch {
    return null;
  }
}
