// @ts-check
/** @import { Found, Settings, Shape, Source, Tile } from './types.d.ts' */
/** A Leaflet layer that draws one dataset on canvas tiles of 512 pixels and answers what lies at a place. */

import { pointWithin } from './cutting.js';
import { distance } from './measuring.js';
import { Brushes, paint } from './painting.js';

const SIZE = 512;
const BUDGET = 8;

/** @type {(() => void)[]} */
const waiting = [];

/** Do a piece of work soon, at most some milliseconds of it in each frame, so that the page stays responsive. @param {() => void} work */
function soon(work) {
  waiting.push(work);
  if (waiting.length === 1) requestAnimationFrame(turn);
}

function turn() {
  const start = performance.now();
  do waiting[0](), waiting.shift(); while (waiting.length && performance.now() - start < BUDGET);
  if (waiting.length) requestAnimationFrame(turn);
}

/** Fires `drawn` when all visible tiles are painted, `failed` when a tile did not come. */
export const CanvasLayer = L.GridLayer.extend({
  /** @param {Settings} settings @param {Source} source */
  initialize(settings, source) {
    L.setOptions(this, {
      tileSize: SIZE, minZoom: settings.minZoom, zIndex: settings.zIndex, updateWhenZooming: false, keepBuffer: 1,
      className: `map-layer map-layer-${settings.id}`,
    });
    this.settings = settings;
    this.source = source;
    this.brushes = new Brushes(settings.style);
    this.selected = null;
    /** Painted tiles by their canvas. @type {Map<HTMLCanvasElement, { tile: Tile, coords: any }>} */
    this.painted = new Map();
    this.on('tileunload', (/** @type {any} */ event) => this.painted.delete(event.tile));
    this.on('load', () => this.fire('drawn'));
  },

  /** Return which of the source's tiles holds a tile of the map, and how many levels it is enlarged. @param {any} coords */
  held(coords) {
    const z = Math.min(coords.z - 1, this.source.zooms[1]);
    const enlarged = coords.z - 1 - z;
    return { z, x: coords.x >> enlarged, y: coords.y >> enlarged, enlarged };
  },

  /** @param {any} coords @param {(problem: Error | null, canvas: HTMLCanvasElement) => void} done */
  createTile(coords, done) {
    const canvas = document.createElement('canvas');
    const pixel = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = SIZE * pixel;
    canvas.height = SIZE * pixel;
    const { z, x, y } = this.held(coords);
    if (z < this.source.zooms[0]) {
      setTimeout(() => done(null, canvas), 0);
      return canvas;
    }
    this.source.tile(z, x, y).then((/** @type {Tile} */ tile) => soon(() => {
      if (this._map) this.repaint(canvas, tile, coords);
      done(null, canvas);
    }), (/** @type {Error} */ problem) => {
      done(problem, canvas);
      this.fire('failed', { problem });
    });
    return canvas;
  },

  /** @param {HTMLCanvasElement} canvas @param {Tile} tile @param {any} coords */
  repaint(canvas, tile, coords) {
    this.painted.set(canvas, { tile, coords });
    const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    ink.clearRect(0, 0, canvas.width, canvas.height);
    const { scale, left, top } = this.frame(tile, coords);
    const pixel = canvas.width / SIZE;
    const { base } = this.settings;
    paint(ink, tile, { scale: scale * pixel, dx: -left * pixel, dy: -top * pixel, pixel, zoom: coords.z, base }, this.brushes, this.selected);
  },

  /** Return how tile units lie in the 512 pixels of a tile of the map. @param {Tile} tile @param {any} coords */
  frame(tile, coords) {
    const { x, y, enlarged } = this.held(coords);
    const times = 2 ** enlarged;
    return { scale: (SIZE * times) / tile.extent, left: (coords.x - x * times) * SIZE, top: (coords.y - y * times) * SIZE };
  },

  /** Mark a feature, or none. @param {string | null} id */
  select(id) {
    const before = this.selected;
    this.selected = id;
    for (const [canvas, { tile, coords }] of this.painted) {
      if (tile.shapes.some((/** @type {Shape} */ shape) => shape.id === id || shape.id === before)) this.repaint(canvas, tile, coords);
    }
  },

  /**
   * Return what lies within some pixels of a place, nearest first, each feature once.
   * @param {any} place L.LatLng @param {number} tolerance CSS pixels
   * @returns {Promise<Found[]>}
   */
  async query(place, tolerance) {
    if (!this._map) return [];
    const z = Math.round(this._map.getZoom());
    const point = this._map.project(place, z);
    const coords = { z, x: Math.floor(point.x / SIZE), y: Math.floor(point.y / SIZE) };
    const held = this.held(coords);
    if (z < this.settings.minZoom || held.z < this.source.zooms[0]) return [];
    const tile = await this.source.tile(held.z, held.x, held.y).catch(() => ({ extent: 4096, shapes: [] }));
    const { scale, left, top } = this.frame(tile, coords);
    const x = (point.x - coords.x * SIZE + left) / scale;
    const y = (point.y - coords.y * SIZE + top) / scale;
    /** @type {{ shape: Shape, far: number }[]} */
    const hits = tile.shapes.map((/** @type {Shape} */ shape) => ({ shape, far: distance(shape, x, y, tolerance / scale) }));
    hits.sort((a, b) => a.far - b.far);
    return unique(hits.filter(({ far }) => far < Infinity).map(({ shape }) => shape))
      .map(({ id, props }) => ({ layer: this.settings.id, id, props, at: place }));
  },

  /** Return what can be seen now, each feature once, with a place for the map to go to. @returns {Found[]} */
  visible() {
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const { tile, coords } of this.current()) {
      const { scale, left, top } = this.frame(tile, coords);
      const [dx, dy] = [coords.x * SIZE - left, coords.y * SIZE - top];
      const { min, max } = this._map.getPixelBounds();
      /** @type {import('./cutting.js').Box} */
      const box = [(min.x - dx) / scale, (min.y - dy) / scale, (max.x - dx) / scale, (max.y - dy) / scale];
      for (const shape of tile.shapes) {
        const seen = found.has(shape.id) ? null : pointWithin(shape, box);
        if (!seen) continue;
        const at = this._map.unproject([seen[0] * scale + dx, seen[1] * scale + dy], coords.z);
        found.set(shape.id, { layer: this.settings.id, id: shape.id, props: shape.props, at });
      }
    }
    return [...found.values()];
  },

  /** Return the painted tiles of the zoom that is shown. */
  current() {
    if (!this._map || this._map.getZoom() < this.settings.minZoom) return [];
    return [...this.painted.values()].filter(({ coords }) => coords.z === this._tileZoom);
  },

  /** Return a feature that has been drawn near here, or null. @param {string} id @returns {Found | null} */
  find(id) {
    return this.visible().find((/** @type {Found} */ found) => found.id === id) ?? null;
  },
});

/** @template {{ id: string }} T @param {T[]} shapes @returns {T[]} */
function unique(shapes) {
  return [...new Map([...shapes].reverse().map((shape) => [shape.id, shape])).values()].reverse();
}
