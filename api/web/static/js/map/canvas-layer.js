// @ts-check
/** @import { Found, Settings, Shape, Source, Tile } from './types.d.ts' */
/** A Leaflet layer of one dataset that is drawn on the board; it answers what lies at a place and what can be seen. */

import { frame, held, SIZE } from './board.js';
import { pointWithin } from './cutting.js';
import { distance, size } from './measuring.js';
import { Brushes } from './painting.js';

/** Fires `drawn` when a piece of it has come, `failed` when one did not. */
export const CanvasLayer = L.Layer.extend({
  /** @param {Settings} settings @param {Source} source @param {any} board */
  initialize(settings, source, board) {
    this.settings = settings;
    this.source = source;
    this.board = board;
    this.brushes = new Brushes(settings.style);
    this.selected = null;
  },

  /** @param {any} map */
  onAdd(map) {
    this.board.join(map, this);
  },

  onRemove() {
    this.board.leave(this);
  },

  /** Mark a feature, or none; the overlay draws the mark. @param {string | null} id */
  select(id) {
    this.selected = id;
  },

  /**
   * Return what lies within some pixels of a place, nearest first, each feature once.
   * @param {any} place L.LatLng @param {number} tolerance CSS pixels
   * @returns {Promise<Found[]>}
   */
  async query(place, tolerance) {
    const z = this._map ? Math.round(this._map.getZoom()) : 0;
    const point = this._map?.project(place, z);
    const coords = point && { z, x: Math.floor(point.x / SIZE), y: Math.floor(point.y / SIZE) };
    const from = coords && held(this, coords);
    if (!from) return [];
    /** @type {Tile} */
    const tile = await this.source.tile(from.z, from.x, from.y).catch(() => ({ extent: 4096, shapes: [] }));
    const { scale, left, top } = frame(tile, coords, from);
    const x = (point.x - coords.x * SIZE + left) / scale;
    const y = (point.y - coords.y * SIZE + top) / scale;
    const hits = tile.shapes.map((shape) => ({ shape, far: distance(shape, x, y, tolerance / scale) }));
    hits.sort((a, b) => a.far - b.far);
    return unique(hits.filter(({ far }) => far < Infinity).map(({ shape }) => shape))
      .map((shape) => ({ layer: this.settings.id, id: shape.id, props: shape.props, at: place, size: size(shape) * scale ** 2 }));
  },

  /** Return what can be seen now, each feature once, with a place for the map to go to. @returns {Found[]} */
  visible() {
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const { tile, scale, dx, dy, z } of this.pieces()) {
      const { min, max } = this._map.getPixelBounds();
      /** @type {import('./cutting.js').Box} */
      const box = [(min.x - dx) / scale, (min.y - dy) / scale, (max.x - dx) / scale, (max.y - dy) / scale];
      for (const shape of tile.shapes) {
        const seen = found.has(shape.id) ? null : pointWithin(shape, box);
        if (!seen) continue;
        const at = this._map.unproject([seen[0] * scale + dx, seen[1] * scale + dy], z);
        found.set(shape.id, { layer: this.settings.id, id: shape.id, props: shape.props, at });
      }
    }
    return [...found.values()];
  },

  /** Return the pieces that are shown: tile units times `scale`, plus `dx`, `dy`, are pixels of the world at zoom `z`. */
  pieces() {
    if (!this._map) return [];
    /** @type {{ tile: Tile, coords: any }[]} */
    const pieces = this.board.piecesOf(this);
    return pieces.map(({ tile, coords }) => {
      const { scale, left, top } = frame(tile, coords, held(this, coords));
      return { tile, scale, dx: coords.x * SIZE - left, dy: coords.y * SIZE - top, z: coords.z };
    });
  },

  /** Return a feature that has been drawn near here, or null. @param {string} id @returns {Found | null} */
  find(id) {
    return this.visible().find((/** @type {Found} */ found) => found.id === id) ?? null;
  },
});

/** @param {Shape[]} shapes @returns {Shape[]} */
function unique(shapes) {
  return [...new Map([...shapes].reverse().map((shape) => [shape.id, shape])).values()].reverse();
}
