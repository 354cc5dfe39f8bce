// @ts-check
/** @import { Shape } from './types.d.ts' */
/** What lies over the layers: the mark around what is selected, and texts — short codes in zones, names along roads and at
 * places; none over another, layers above first. */

import { levelSpan, straightSpan } from './measuring.js';
import { mark } from './painting.js';

const FONT = 'system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", sans-serif';
const MOST = 400;
/** Pixels of the narrowest letter. */
const NARROWEST = 5;
/** The same text of a layer again only this many pixels further. */
const APART = 220;

/** A text and where it would stand, in pixels of the view. @typedef {{ text: string, x: number, y: number, angle: number, wide: number }} Label */

/** One canvas over the map, drawn anew when the view, a layer or the selection has come to rest. */
export const Overlay = L.Layer.extend({
  /** @param {() => any[]} layers the canvas layers, the uppermost first */
  initialize(layers) {
    this.layers = layers;
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'map-overlay leaflet-zoom-hide';
    this.canvas.setAttribute('aria-hidden', 'true');
    this.waiting = 0;
  },

  /** @param {any} map */
  onAdd(map) {
    map.getPane('overlayPane').append(this.canvas);
    map.on('moveend zoomend resize', this.soon, this);
    this.soon();
  },

  /** Draw before the next frame, once, whoever asks. */
  soon() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.draw());
  },

  draw() {
    const size = this._map.getSize();
    const pixel = Math.min(2, window.devicePixelRatio || 1);
    [this.canvas.width, this.canvas.height] = [size.x * pixel, size.y * pixel];
    [this.canvas.style.width, this.canvas.style.height] = [`${size.x}px`, `${size.y}px`];
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint([0, 0]));
    const ink = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    ink.scale(pixel, pixel);
    const origin = this._map.getPixelBounds().min;
    for (const layer of this.layers()) this.mark(ink, layer, origin);
    this.name(ink, size, origin);
  },

  /** Mark what is selected, on every piece but only within the piece itself, so that no seam shows. @param {CanvasRenderingContext2D} ink @param {any} layer @param {any} origin */
  mark(ink, layer, origin) {
    if (layer.selected === null) return;
    for (const { tile, scale, dx, dy } of layer.pieces()) {
      const shapes = tile.shapes.filter((/** @type {Shape} */ { id }) => id === layer.selected);
      if (!shapes.length) continue;
      const [left, top, side] = [dx - origin.x, dy - origin.y, tile.extent * scale];
      ink.save();
      ink.beginPath();
      ink.rect(left, top, side, side);
      ink.clip();
      mark(ink, shapes, { scale, dx: left, dy: top });
      ink.restore();
    }
  },

  /** @param {CanvasRenderingContext2D} ink @param {any} size @param {any} origin */
  name(ink, size, origin) {
    ink.textAlign = 'center';
    ink.textBaseline = 'middle';
    ink.lineJoin = 'round';
    /** @type {Label[]} */
    const stood = [];
    for (const layer of this.layers()) {
      ink.font = `${layer.settings.base ? 500 : 600} ${layer.settings.kind === 'point' ? 13 : 12}px ${FONT}`;
      for (const label of candidates(layer, ink, size, origin)) {
        if (stood.length >= MOST) return;
        if (!isFree(label, stood)) continue;
        stood.push(label);
        write(ink, label, layer.settings.base ? '#4c5a63' : '#1c2429');
      }
    }
  },
});

/** @param {any} layer a CanvasLayer @param {CanvasRenderingContext2D} ink @param {any} size @param {any} origin @returns {Generator<Label>} */
function* candidates(layer, ink, size, origin) {
  for (const { tile, scale, dx, dy, z } of layer.pieces()) {
    for (const shape of tile.shapes) {
      const text = textOf(shape, layer);
      // Measuring a text is slow, and most small areas have no room for any.
      if (!text || (shape.type === 3 && (spanOf(shape, tile.extent)?.room ?? 0) * scale < text.length * NARROWEST)) continue;
      const wide = ink.measureText(text).width;
      const spot = spotOf(shape, tile.extent, wide / scale, z);
      if (!spot) continue;
      const [x, y] = [spot.x * scale + dx - origin.x, spot.y * scale + dy - origin.y];
      if (x > 0 && y > 0 && x < size.x && y < size.y) yield { text, x, y, angle: spot.angle, wide };
    }
  }
}

/** Return what is written on a shape: its own name; a class's short code where areas are named by their class. @param {Shape} shape @param {any} layer */
function textOf(shape, layer) {
  const { label, style } = layer.settings;
  const name = label && label !== style.by ? shape.props[label] : '';
  if (name) return String(name).slice(0, 24);
  // Of the ground only names are worth reading: what is wood and what is field can be seen.
  return shape.type === 3 && !layer.settings.base ? layer.brushes.of(shape.props).short : '';
}

/** @param {Shape} shape @param {number} extent @param {number} wide text in tile units @param {number} zoom */
function spotOf(shape, extent, wide, zoom) {
  if (shape.type === 1) {
    const [x, y] = [shape.parts[0][0], shape.parts[0][1]];
    // The buffer's points belong to the neighbour.
    return x >= 0 && y >= 0 && x < extent && y < extent ? { x, y, angle: 0 } : null;
  }
  if (shape.type === 2) return zoom < 15 ? null : straightSpan(shape.parts, wide * 1.15);
  const span = spanOf(shape, extent);
  return span && span.room > wide * 1.1 ? span : null;
}

/** @type {WeakMap<Shape, ReturnType<typeof levelSpan>>} */
const spans = new WeakMap();

/** Return where a text fits on an area; found out once. @param {Shape} shape @param {number} extent */
function spanOf(shape, extent) {
  let span = spans.get(shape);
  if (span === undefined) spans.set(shape, span = levelSpan(shape.parts, extent));
  return span;
}

/** @param {Label} label @param {Label[]} stood */
function isFree(label, stood) {
  return stood.every((other) => {
    const [dx, dy] = [Math.abs(other.x - label.x), Math.abs(other.y - label.y)];
    if (other.text === label.text && Math.hypot(dx, dy) < APART) return false;
    const [wide, high] = [(reach(other, 'x') + reach(label, 'x')) / 2, (reach(other, 'y') + reach(label, 'y')) / 2];
    return dx > wide + 4 || dy > high + 2;
  });
}

/** Return how wide or high a turned text is. @param {Label} label @param {'x' | 'y'} axis */
function reach({ wide, angle }, axis) {
  const [along, across] = axis === 'x' ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(angle), Math.cos(angle)];
  return Math.abs(wide * along) + Math.abs(14 * across);
}

/** @param {CanvasRenderingContext2D} ink @param {Label} label @param {string} colour */
function write(ink, { text, x, y, angle }, colour) {
  ink.save();
  ink.translate(x, y);
  ink.rotate(angle);
  ink.strokeStyle = 'rgba(255, 255, 255, 0.92)';
  ink.lineWidth = 3.5;
  ink.strokeText(text, 0, 0);
  ink.fillStyle = colour;
  ink.fillText(text, 0, 0);
  ink.restore();
}
