// @ts-check
/** @import { Settings, Source, Tile } from './types.d.ts' */
/** One grid of canvases for all layers that are drawn: a phone keeps one picture of a place, not one for each layer. */

import { paint } from './painting.js';

export const SIZE = 512;
const BUDGET = 8;
const PATIENCE = 250;

/** A layer's part in the board. @typedef {{ settings: Settings, source: Source, brushes: import('./painting.js').Brushes, fire: Function }} Member */
/** A canvas with what is on it. @typedef {{ canvas: HTMLCanvasElement, coords: any, pieces: Map<Member, Tile>, pending: number, late: number }} Sheet */

/** @type {(() => void)[]} */
const waiting = [];

/** Do a piece of work soon, some milliseconds of it in each frame, so that the page stays responsive. @param {() => void} work */
function soon(work) {
  waiting.push(work);
  if (waiting.length === 1) requestAnimationFrame(turn);
}

function turn() {
  const start = performance.now();
  do waiting[0](), waiting.shift(); while (waiting.length && performance.now() - start < BUDGET);
  if (waiting.length) requestAnimationFrame(turn);
}

/**
 * Return which tile of a source is drawn on a sheet, and how many levels it is enlarged; null where there is none.
 * A sheet is 512 pixels wide, so that zoom z of the map shows z - 1 of the source.
 * @param {Member} member @param {any} coords
 */
export function held({ settings, source }, coords) {
  const z = Math.min(coords.z - 1, source.zooms[1]);
  if (coords.z < settings.minZoom || z < source.zooms[0]) return null;
  const enlarged = coords.z - 1 - z;
  return { z, x: coords.x >> enlarged, y: coords.y >> enlarged, enlarged };
}

/** Return how a tile's units lie on a sheet: times `scale`, less `left` and `top` pixels. @param {Tile} tile @param {any} coords @param {any} from */
export function frame(tile, coords, { x, y, enlarged }) {
  const times = 2 ** enlarged;
  return { scale: (SIZE * times) / tile.extent, left: (coords.x - x * times) * SIZE, top: (coords.y - y * times) * SIZE };
}

export const Board = L.GridLayer.extend({
  options: { tileSize: SIZE, updateWhenZooming: false, keepBuffer: 1, zIndex: 10, className: 'map-board' },

  /** @param {object} options */
  initialize(options) {
    L.setOptions(this, options);
    /** The lowest first. @type {Member[]} */
    this.members = [];
    /** @type {Map<HTMLCanvasElement, Sheet>} */
    this.sheets = new Map();
    this.on('tileunload', (/** @type {any} */ event) => this.sheets.delete(event.tile));
  },

  /** Take a layer in. @param {any} map @param {Member} member */
  join(map, member) {
    this.members.push(member);
    this.members.sort((/** @type {Member} */ a, /** @type {Member} */ b) => a.settings.zIndex - b.settings.zIndex);
    if (!map.hasLayer(this)) map.addLayer(this);
    else for (const sheet of this.sheets.values()) this.bring(sheet, member);
  },

  /** Let a layer go, also one whose tiles are still under way. @param {Member} member */
  leave(member) {
    this.members = this.members.filter((/** @type {Member} */ other) => other !== member);
    for (const sheet of this.sheets.values()) if (sheet.pieces.delete(member)) soon(() => this.repaint(sheet));
  },

  /** @param {any} coords @param {(problem: null, canvas: HTMLCanvasElement) => void} done */
  createTile(coords, done) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 0;
    /** @type {Sheet} */
    const sheet = { canvas, coords, pieces: new Map(), pending: 0, late: 0 };
    this.sheets.set(canvas, sheet);
    Promise.all(this.members.map((/** @type {Member} */ member) => this.bring(sheet, member))).then(() => done(null, canvas));
    return canvas;
  },

  /** Fetch a layer's piece of a sheet and draw it; a sheet waits a little for pieces that are nearly there. @param {Sheet} sheet @param {Member} member */
  async bring(sheet, member) {
    const from = held(member, sheet.coords);
    if (!from) return;
    sheet.pending += 1;
    try {
      const tile = await member.source.tile(from.z, from.x, from.y);
      if (this.members.includes(member)) sheet.pieces.set(member, tile);
    } catch (problem) {
      member.fire('failed', { problem });
    }
    sheet.pending -= 1;
    if (sheet.pending === 0) soon(() => this.repaint(sheet));
    else sheet.late ||= window.setTimeout(() => soon(() => this.repaint(sheet)), PATIENCE);
    member.fire('drawn');
  },

  /** @param {Sheet} sheet */
  repaint(sheet) {
    clearTimeout(sheet.late);
    sheet.late = 0;
    const { canvas, coords, pieces } = sheet;
    const drawn = this.members.filter((/** @type {Member} */ member) => pieces.get(member)?.shapes.length);
    const pixel = Math.min(2, window.devicePixelRatio || 1);
    // Setting the size also clears; a sheet with nothing on it takes no memory.
    canvas.width = canvas.height = drawn.length ? SIZE * pixel : 0;
    const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    for (const member of drawn) {
      const tile = /** @type {Tile} */ (pieces.get(member));
      const { scale, left, top } = frame(tile, coords, held(member, coords));
      const view = { scale: scale * pixel, dx: -left * pixel, dy: -top * pixel, pixel, zoom: coords.z, base: member.settings.base };
      paint(ink, tile, view, member.brushes);
    }
  },

  /** Return a layer's pieces at the zoom that is shown. @param {Member} member @returns {{ tile: Tile, coords: any }[]} */
  piecesOf(member) {
    /** @type {Sheet[]} */
    const sheets = [...this.sheets.values()].filter(({ coords, pieces }) => coords.z === this._tileZoom && pieces.has(member));
    return sheets.map(({ coords, pieces }) => ({ coords, tile: /** @type {Tile} */ (pieces.get(member)) }));
  },
});
