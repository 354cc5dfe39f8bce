// @ts-check
/** @import { Found, Settings } from './types.d.ts' */
/** A Leaflet layer of points as real buttons of 44 pixels, gathered into one where they would touch. */

import { gather, place } from './clustering.js';
import { figure, make, word } from './page.js';

/** From this zoom on only what lies in the same spot is gathered. */
const ALONE_FROM = 18;

/** A button as a marker's icon: reached with Tab, pressed with Enter or Space, without help from Leaflet. */
const ButtonIcon = L.Icon.extend({
  options: { iconSize: [44, 44], iconAnchor: [22, 42] },
  /** @returns {HTMLElement} */
  createIcon() {
    const button = make('button', { type: 'button', 'aria-label': this.options.name });
    button.append(make('span', { 'aria-hidden': 'true' }, this.options.text));
    this._setIconStyles(button, 'icon');
    // By CSSOM: a style attribute would not pass the page's Content-Security-Policy.
    button.style.setProperty('--pin', this.options.colour);
    button.style.setProperty('--pin-text', isLight(this.options.colour) ? '#1a1a1a' : '#ffffff');
    return button;
  },
  createShadow: () => null,
});

/** Whether dark text is read better on a colour than white (relative luminance, WCAG 2.2). @param {string} colour #rrggbb */
function isLight(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3;
}

/** Fires `pick` with what was pressed, `drawn` when its markers stand. */
export const MarkerLayer = L.LayerGroup.extend({
  /** @param {Settings} settings @param {import('./feature-source.js').FeatureSource} source @param {import('./painting.js').Brushes} brushes */
  initialize(settings, source, brushes) {
    L.LayerGroup.prototype.initialize.call(this);
    this.settings = settings;
    this.source = source;
    this.brushes = brushes;
    /** Both are told by the page, in the reader's language; until then nothing can be labelled. */
    this.title = '';
    this.titleField = '';
    this.selected = null;
    /** Groups of all points by zoom: the same wherever the view is, so that panning moves none. @type {Map<number, any[][]>} */
    this.gathered = new Map();
    /** Markers that stand, by what they stand for. @type {Map<string, any>} */
    this.standing = new Map();
  },

  /** @param {any} map */
  onAdd(map) {
    L.LayerGroup.prototype.onAdd.call(this, map);
    map.on('moveend', this.draw, this);
    this.source.load().then(() => this.draw(), (/** @type {Error} */ problem) => this.fire('failed', { problem }));
  },

  /** @param {any} map */
  onRemove(map) {
    map.off('moveend', this.draw, this);
    L.LayerGroup.prototype.onRemove.call(this, map);
    this.clearLayers();
    this.standing.clear();
  },

  /** Stand the markers of the view; those that stay are not touched, so that the focus stays too. */
  async draw() {
    const features = await this.source.load().catch(() => []);
    const map = this._map;
    // The layer may have been switched off while its file was under way.
    if (!map?.hasLayer(this) || !this.title) return;
    const wanted = this.wanted(features, map);
    for (const [key, marker] of this.standing) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) map.getContainer().focus();
      this.removeLayer(marker);
      this.standing.delete(key);
    }
    for (const [key, group] of wanted) if (!this.standing.has(key)) this.stand(key, group);
    this.fire('drawn');
  },

  /** Return the groups in and around the view by the ids in them. @param {any[]} features @param {any} map @returns {Map<string, any[]>} */
  wanted(features, map) {
    const zoom = map.getZoom();
    if (zoom < this.settings.minZoom) return new Map();
    if (!this.gathered.has(zoom)) this.gathered.set(zoom, gather(features, zoom, zoom >= ALONE_FROM ? 1 : 46));
    const bounds = map.getBounds().pad(0.1);
    const near = this.gathered.get(zoom).filter((/** @type {any[]} */ group) => bounds.contains(L.latLng(place(group))));
    return new Map(near.map((/** @type {any[]} */ group) => [group.map(({ id }) => id).join('\n'), group]));
  },

  /** @param {string} key @param {any[]} group */
  stand(key, group) {
    const brush = this.brushes.of(group[0].props);
    const name = group.length > 1
      ? word('map_cluster', { title: this.title, count: figure(group.length) })
      : `${group[0].props[this.titleField] ?? group[0].id} ${this.title}`;
    const text = brush.short || this.settings.style.symbol;
    const classes = ['map-pin', group.length > 1 ? 'map-pin-many' : text.length > 2 ? 'map-pin-long' : 'map-pin-one'];
    if (group.some(({ id }) => id === this.selected)) classes.push('is-selected');
    const icon = new ButtonIcon({
      name, colour: brush.fill || brush.stroke, text: group.length > 1 ? figure(group.length) : text, className: classes.join(' '),
    });
    const marker = L.marker(L.latLng(place(group)), { icon, keyboard: true, riseOnHover: true });
    marker.on('click', () => this.press(group));
    this.standing.set(key, marker);
    this.addLayer(marker);
  },

  /** @param {any[]} group */
  press(group) {
    const map = this._map;
    const bounds = L.latLngBounds(group.map((feature) => place([feature])));
    const spread = map.latLngToLayerPoint(bounds.getNorthWest()).distanceTo(map.latLngToLayerPoint(bounds.getSouthEast()));
    if (group.length === 1 || spread < 2 || map.getZoom() >= ALONE_FROM) this.fire('pick', { found: group.map((one) => this.found(one)) });
    else map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(map.getZoom() + 1, ALONE_FROM) });
  },

  /** @param {any} feature @returns {Found} */
  found(feature) {
    return { layer: this.settings.id, id: feature.id, props: feature.props, at: L.latLng(place([feature])) };
  },

  /** Mark a feature, or none. @param {string | null} id */
  select(id) {
    const touched = [...this.standing].filter(([key]) => [this.selected, id].some((one) => one !== null && key.split('\n').includes(one)));
    this.selected = id;
    for (const [key, marker] of touched) {
      marker.getElement()?.classList.toggle('is-selected', id !== null && key.split('\n').includes(id));
    }
  },

  /** @param {any} at L.LatLng @param {number} tolerance CSS pixels @returns {Promise<Found[]>} */
  async query(at, tolerance) {
    const map = this._map;
    if (!map) return [];
    const point = map.latLngToLayerPoint(at);
    const far = (/** @type {Found} */ found) => map.latLngToLayerPoint(found.at).distanceTo(point);
    const near = this.visible().filter((/** @type {Found} */ found) => far(found) <= tolerance);
    return near.sort((/** @type {Found} */ a, /** @type {Found} */ b) => far(a) - far(b));
  },

  /** Return what can be seen now. @returns {Found[]} */
  visible() {
    const map = this._map;
    if (!map || map.getZoom() < this.settings.minZoom || !this.source.ready) return [];
    const bounds = map.getBounds();
    return this.source.ready.map((/** @type {any} */ feature) => this.found(feature)).filter((/** @type {Found} */ { at }) => bounds.contains(at));
  },

  /** @param {string} id @returns {Found | null} */
  find(id) {
    const feature = this.source.ready?.find((/** @type {any} */ one) => one.id === id);
    return feature ? this.found(feature) : null;
  },
});
