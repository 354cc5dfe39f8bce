// @ts-check
/** @import { Properties, Shape, Source, Tile } from './types.d.ts' */
/** A GeoJSON file of one dataset: fetched once, turned into the world of tiles, cut for each tile that is asked for. */

import { cutLine, cutRing } from './cutting.js';

const EXTENT = 4096;
const BUFFER = 256;
/** @type {import('./cutting.js').Box} */
const ROOM = [-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER];

/**
 * A feature in the Mercator square [0, 1]²; `box`: west, north, east, south there.
 * @typedef {{ id: string, type: 1 | 2 | 3, props: Properties, lines: number[][], box: number[] }} Feature
 */

/** @implements {Source} */
export class FeatureSource {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
    /** @type {[number, number]} */
    this.zooms = [0, 22];
    /** @type {Promise<Feature[]> | null} */
    this.asked = null;
    /** What came, null before. @type {Feature[] | null} */
    this.ready = null;
  }

  /** Fetch and convert the file, once; asked again only after a failure. */
  load() {
    this.asked ??= fetch(this.url).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}: ${this.url}`);
      return answer.json();
    }).then((collection) => (this.ready = collection.features.filter(hasPlace).map(feature))).catch((problem) => {
      this.asked = null;
      throw problem;
    });
    return this.asked;
  }

  /** @param {number} z @param {number} x @param {number} y @returns {Promise<Tile>} */
  async tile(z, x, y) {
    const scale = 2 ** z;
    const edge = BUFFER / EXTENT;
    const [west, north, east, south] = [(x - edge) / scale, (y - edge) / scale, (x + 1 + edge) / scale, (y + 1 + edge) / scale];
    const near = (await this.load()).filter(({ box }) => box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north);
    return { extent: EXTENT, shapes: near.map((found) => piece(found, scale, x, y)).filter(({ parts }) => parts.length) };
  }
}

/** @param {any} raw */
const hasPlace = (raw) => Boolean(raw.geometry?.coordinates?.length);

/** @param {any} raw @returns {Feature} */
function feature(raw) {
  const kind = raw.geometry.type;
  const lines = positions(kind, raw.geometry.coordinates).map((list) => list.flatMap(([lng, lat]) => world(lng, lat)));
  const box = [1, 1, 0, 0];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      box[0] = Math.min(box[0], line[i]);
      box[1] = Math.min(box[1], line[i + 1]);
      box[2] = Math.max(box[2], line[i]);
      box[3] = Math.max(box[3], line[i + 1]);
    }
  }
  const type = kind.endsWith('Polygon') ? 3 : kind.endsWith('LineString') ? 2 : 1;
  return { id: String(raw.id ?? ''), type, props: raw.properties ?? {}, lines, box };
}

/** Return a geometry's lists of positions: rings, lines, or points one by one. @param {string} kind @param {any} given @returns {number[][][]} */
function positions(kind, given) {
  if (kind === 'MultiPolygon') return given.flat();
  if (kind === 'Polygon' || kind === 'MultiLineString') return given;
  if (kind === 'MultiPoint') return given.map((/** @type {number[]} */ point) => [point]);
  return kind === 'Point' ? [[given]] : [given];
}

/** @param {number} lng @param {number} lat */
export function world(lng, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** @param {Feature} found @param {number} scale @param {number} x @param {number} y @returns {Shape} */
function piece(found, scale, x, y) {
  const parts = found.lines.flatMap((line) => {
    const moved = line.map((number, i) => (number * scale - (i % 2 ? y : x)) * EXTENT);
    if (found.type === 1) return [moved];
    if (found.type === 2) return cutLine(moved, ROOM);
    const ring = cutRing(moved, ROOM);
    return ring.length ? [ring] : [];
  });
  return { id: found.id, type: found.type, props: found.props, parts };
}
