// @ts-check
/** @import { Shape, Source, Tile } from './types.d.ts' */
/** Vector tiles of one dataset: fetched, read with @mapbox/vector-tile, kept for as long as the reader stays near. */

import { PbfReader, VectorTile } from '../../vendor/vector-tile.js';

const KEPT = 128;
const WAITS = [800, 3000];

/** @implements {Source} */
export class TileSource {
  /**
   * @param {string} url with {z}, {x}, {y}
   * @param {string} layer name of the layer within the tiles
   * @param {[number, number]} zooms least and greatest that the archive holds
   */
  constructor(url, layer, zooms) {
    this.url = url;
    this.layer = layer;
    this.zooms = zooms;
    /** @type {Map<string, Promise<Tile>>} */
    this.kept = new Map();
  }

  /** @param {number} z @param {number} x @param {number} y @returns {Promise<Tile>} */
  tile(z, x, y) {
    const address = this.url.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
    const tile = this.kept.get(address) ?? this.#load(address);
    this.kept.delete(address);
    this.kept.set(address, tile);
    if (this.kept.size > KEPT) this.kept.delete(/** @type {string} */ (this.kept.keys().next().value));
    return tile;
  }

  /** @param {string} address */
  #load(address) {
    return fetchBytes(address).then((bytes) => (bytes ? this.#read(bytes) : { extent: 4096, shapes: [] }), (problem) => {
      this.kept.delete(address);
      throw problem;
    });
  }

  /** @param {ArrayBuffer} bytes @returns {Tile} */
  #read(bytes) {
    const layer = new VectorTile(new PbfReader(new Uint8Array(bytes))).layers[this.layer];
    if (!layer) return { extent: 4096, shapes: [] };
    const shapes = Array.from({ length: layer.length }, (_, i) => new TileShape(layer.feature(i)));
    return { extent: layer.extent, shapes };
  }
}

/** A feature of a tile; its coordinates are read when first drawn or asked for. @implements {Shape} */
class TileShape {
  /** @param {any} feature */
  constructor(feature) {
    this.feature = feature;
    this.id = String(feature.properties._id ?? feature.id ?? '');
    /** @type {1 | 2 | 3} */
    this.type = feature.type;
    /** @type {Record<string, unknown>} */
    this.props = feature.properties;
    /** @type {Float32Array[] | null} */
    this.read = null;
  }

  get parts() {
    this.read ??= this.feature.loadGeometry().map(flat);
    return /** @type {Float32Array[]} */ (this.read);
  }
}

/** @param {{ x: number, y: number }[]} points */
function flat(points) {
  const numbers = new Float32Array(points.length * 2);
  points.forEach((point, i) => { numbers[i * 2] = point.x; numbers[i * 2 + 1] = point.y; });
  return numbers;
}

/**
 * Fetch one tile, patiently: a server that restarts is asked again twice. No tile (204, 404) is null.
 * @param {string} address
 * @returns {Promise<ArrayBuffer | null>}
 */
async function fetchBytes(address) {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.status === 204 || answer?.status === 404 || answer?.status === 410) return null;
    if (answer?.ok) return answer.arrayBuffer();
    if (attempt === WAITS.length) throw new Error(`${answer?.status ?? 'no answer'}: ${address}`);
    await new Promise((resolve) => { setTimeout(resolve, WAITS[attempt]); });
  }
}
