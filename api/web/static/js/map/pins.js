// @ts-check
/** @import { Found } from './types.d.ts' */
/** The points of all layers as real buttons of 44 pixels, gathered into one where they would hide each other. */

import { gather, place } from './clustering.js';
import { figure, make, word } from './page.js';

/** From this zoom on only what lies in the same spot is gathered. */
const ALONE_FROM = 18;
/** From this zoom on pins of different layers may overlap a little, so that each can be seen for what it is. */
const NEAR = 16;
const FAR_REACH = 42;

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
    if (this.options.ring) button.style.setProperty('--ring', this.options.ring);
    return button;
  },
  createShadow: () => null,
});

/** Whether dark text is read better on a colour than white (relative luminance, WCAG 2.2). @param {string} colour #rrggbb */
function isLight(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3;
}

/** A point of one layer. @typedef {import('./clustering.js').Spot & { layer: any, props: Record<string, unknown> }} Pin */

export class Pins {
  constructor() {
    this.map = null;
    /** Layers that are shown and whose file has come. @type {Set<any>} */
    this.members = new Set();
    /** Groups of all points by zoom: the same wherever the view is, so that panning moves none. @type {Map<number, Pin[][]>} */
    this.gathered = new Map();
    /** Markers that stand, by what they stand for. @type {Map<string, any>} */
    this.standing = new Map();
    this.waiting = 0;
  }

  /** @param {any} map @param {any} layer */
  join(map, layer) {
    if (!this.map) map.on('moveend', () => this.draw());
    this.map = map;
    this.members.add(layer);
    this.regather();
  }

  /** @param {any} layer */
  leave(layer) {
    if (this.members.delete(layer)) this.regather();
  }

  /** Several layers may come or go at once: gather and draw when they have. */
  regather() {
    this.gathered.clear();
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.draw());
  }

  /** Stand the markers of the view; those that stay are not touched, so that the focus stays too. */
  draw() {
    const wanted = this.wanted();
    for (const [key, marker] of this.standing) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) this.map.getContainer().focus();
      marker.remove();
      this.standing.delete(key);
    }
    for (const [key, group] of wanted) if (!this.standing.has(key)) this.standing.set(key, this.stand(group));
    for (const layer of this.members) layer.fire('drawn');
  }

  /** Return the groups in and around the view by what is in them. @returns {Map<string, Pin[]>} */
  wanted() {
    const zoom = this.map.getZoom();
    let groups = this.gathered.get(zoom);
    if (!groups) {
      const near = [...this.members].filter(({ settings }) => zoom >= settings.minZoom);
      near.sort((a, b) => b.settings.zIndex - a.settings.zIndex);
      groups = gather(near.flatMap((layer) => layer.pins()), zoom, zoom >= ALONE_FROM ? () => 1 : zoom >= NEAR ? touching : () => FAR_REACH);
      this.gathered.set(zoom, groups);
    }
    const bounds = this.map.getBounds().pad(0.1);
    return new Map(groups.filter((group) => bounds.contains(L.latLng(place(group.slice(0, 1))))).map((group) => [keyOf(group), group]));
  }

  /** @param {Pin[]} group */
  stand(group) {
    const [{ layer, props, id }] = group;
    const brush = layer.brushes.of(props);
    const text = brush.short || layer.settings.style.symbol;
    const many = group.length > 1;
    const mixed = group.some((pin) => pin.layer !== layer);
    const classes = ['map-pin', many ? 'map-pin-many' : text.length > 2 ? 'map-pin-long' : 'map-pin-one'];
    if (mixed) classes.push('map-pin-mixed');
    if (group.some((pin) => pin.id === pin.layer.selected)) classes.push('is-selected');
    const icon = new ButtonIcon({
      name: many ? word('map_cluster', { content: contentOf(group) }) : `${props[layer.titleField] ?? id} ${layer.title}`,
      colour: mixed ? '#263640' : colourOf(group[0]),
      ring: mixed ? ringOf(group) : '',
      text: many ? figure(group.length) : text,
      className: classes.join(' '),
    });
    const marker = L.marker(L.latLng(place(group.slice(0, 1))), { icon, keyboard: true, riseOnHover: true });
    marker.on('click', () => this.press(group));
    return marker.addTo(this.map);
  }

  /** @param {Pin[]} group */
  press(group) {
    const map = this.map;
    const bounds = L.latLngBounds(group.map((pin) => place([pin])));
    const spread = map.latLngToLayerPoint(bounds.getNorthWest()).distanceTo(map.latLngToLayerPoint(bounds.getSouthEast()));
    if (group.length === 1 || spread < 2 || map.getZoom() >= ALONE_FROM) group[0].layer.fire('pick', { found: group.map(found) });
    else map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(map.getZoom() + 1, ALONE_FROM) });
  }

  /** Show which marker stands for what is selected. */
  mark() {
    for (const [key, marker] of this.standing) {
      const keys = key.split('\n');
      const marked = [...this.members].some(({ settings, selected }) => selected !== null && keys.includes(`${settings.id}:${selected}`));
      marker.getElement()?.classList.toggle('is-selected', marked);
    }
  }
}

/** How near two pins may come, close to the ground: of one layer they must not touch, of two enough of each must be
 * left to press. @param {Pin} one @param {Pin} other */
const touching = (one, other) => (one.layer === other.layer ? 46 : 27);

/** @param {Pin} pin */
function colourOf({ layer, props }) {
  const brush = layer.brushes.of(props);
  return brush.fill || brush.stroke;
}

/** Return a ring whose colours show in proportion what a mixed group holds; its name says it in words. @param {Pin[]} group */
function ringOf(group) {
  const sorted = [...group].sort((one, other) => other.layer.settings.zIndex - one.layer.settings.zIndex);
  const share = 360 / sorted.length;
  return `conic-gradient(${sorted.map((pin, i) => `${colourOf(pin)} ${i * share}deg ${(i + 1) * share}deg`).join(', ')})`;
}

/** @param {Pin[]} group */
const keyOf = (group) => group.map(({ layer, id }) => `${layer.settings.id}:${id}`).join('\n');

/** Return how many of what are in a group. @param {Pin[]} group */
function contentOf(group) {
  const titles = [...new Set(group.map(({ layer }) => layer.title))];
  return titles.map((title) => word('map_cluster_part', { title, count: figure(group.filter(({ layer }) => layer.title === title).length) })).join(' ');
}

/** @param {Pin} pin @returns {Found} */
export function found(pin) {
  return { layer: pin.layer.settings.id, id: pin.id, props: pin.props, at: L.latLng(place([pin])) };
}
