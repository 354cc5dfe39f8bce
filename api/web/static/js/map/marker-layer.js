// @ts-check
/** @import { Found, Settings } from './types.d.ts' */
/** A Leaflet layer of the points of one dataset, which stand among the pins; it answers what lies at a place and what can be seen. */

import { found } from './pins.js';

/** Fires `pick` with what was pressed, `drawn` when its markers stand, `failed` when its file did not come. */
export const MarkerLayer = L.Layer.extend({
  /**
   * @param {Settings} settings @param {import('./feature-source.js').FeatureSource} source
   * @param {import('./painting.js').Brushes} brushes @param {import('./pins.js').Pins} pins
   */
  initialize(settings, source, brushes, pins) {
    this.settings = settings;
    this.source = source;
    this.brushes = brushes;
    this.board = pins;
    /** Both are told by the page, in the reader's language; until then nothing can be labelled. */
    this.title = '';
    this.titleField = '';
    this.selected = null;
  },

  /** @param {any} map */
  onAdd(map) {
    this.source.load().then(() => this.join(map), (/** @type {Error} */ problem) => this.fire('failed', { problem }));
  },

  /** Stand among the pins once file and title are there and the layer was not switched off meanwhile. @param {any} map */
  join(map) {
    if (this.source.ready && this.title && map.hasLayer(this)) this.board.join(map, this);
  },

  onRemove() {
    this.board.leave(this);
  },

  /** All points, for gathering. */
  pins() {
    return this.source.ready.map((/** @type {any} */ feature) => ({ ...feature, layer: this }));
  },

  /** Mark a feature, or none. @param {string | null} id */
  select(id) {
    if (this.selected === id) return;
    this.selected = id;
    this.board.mark();
  },

  /** @param {any} at L.LatLng @param {number} tolerance CSS pixels @returns {Promise<Found[]>} */
  async query(at, tolerance) {
    const map = this._map;
    if (!map) return [];
    const point = map.latLngToLayerPoint(at);
    const far = (/** @type {Found} */ one) => map.latLngToLayerPoint(one.at).distanceTo(point);
    const near = this.visible().filter((/** @type {Found} */ one) => far(one) <= tolerance);
    return near.sort((/** @type {Found} */ a, /** @type {Found} */ b) => far(a) - far(b));
  },

  /** Return what can be seen now. @returns {Found[]} */
  visible() {
    if (!this._map || this._map.getZoom() < this.settings.minZoom || !this.source.ready) return [];
    const bounds = this._map.getBounds();
    return this.pins().map(found).filter((/** @type {Found} */ { at }) => bounds.contains(at));
  },

  /** @param {string} id @returns {Found | null} */
  find(id) {
    const pin = this.source.ready && this.pins().find((/** @type {any} */ one) => one.id === id);
    return pin ? found(pin) : null;
  },
});
