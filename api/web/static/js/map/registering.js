// @ts-check
/** @import { Settings } from './types.d.ts' */
/** What folium's script calls (gis/map/composition.py): makes the layers of this page and remembers them by id. */

import { Board } from './board.js';
import { CanvasLayer } from './canvas-layer.js';
import { FeatureSource } from './feature-source.js';
import { MarkerLayer } from './marker-layer.js';
import { root } from './page.js';
import { Brushes } from './painting.js';
import { Pins } from './pins.js';
import { parse } from './state.js';
import { TileSource } from './tile-source.js';

/** Every data layer by the id of its dataset, in the order of the layer list. @type {Map<string, any>} */
export const layers = new Map();
const board = new Board({});
const pins = new Pins();

L.machizu = {
  /** @param {Settings} settings */
  canvas(settings) {
    const url = root + settings.url;
    const source = settings.tiled ? new TileSource(url, settings.id, settings.dataZoom) : new FeatureSource(url);
    return remember(settings, new CanvasLayer(settings, source, board));
  },
  /** @param {Settings} settings */
  markers(settings) {
    return remember(settings, new MarkerLayer(settings, new FeatureSource(root + settings.url), new Brushes(settings.style), pins));
  },
};

/** @param {Settings} settings @param {any} layer */
function remember(settings, layer) {
  layers.set(settings.id, layer);
  // An address that names layers is followed from the start: what it leaves out is not even fetched.
  if (wanted?.layers && !settings.base && !wanted.layers.includes(settings.id)) layer.addTo = () => delete layer.addTo && layer;
  return layer;
}

const wanted = parse(location.hash);
const makeMap = L.map;
L.map = (/** @type {string} */ id, /** @type {object} */ options) => {
  if (!wanted) return makeMap(id, options);
  const map = makeMap(id, { ...options, center: [wanted.lat, wanted.lng], zoom: wanted.zoom });
  map.fitBounds = () => delete map.fitBounds && map;
  return map;
};

// A town's own mirror of a base map stands below the site's path prefix.
const makeTiles = L.tileLayer;
L.tileLayer = (/** @type {string} */ url, /** @type {object} */ options) => makeTiles(url.startsWith('/') ? root + url.slice(1) : url, options);

// Before the map is made: Leaflet reads these only then. Fading tiles in costs a slow phone more than it shows.
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
L.Map.mergeOptions({ fadeAnimation: false, ...(still && { zoomAnimation: false, markerZoomAnimation: false, inertia: false }) });
