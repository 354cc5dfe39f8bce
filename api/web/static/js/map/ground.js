// @ts-check
/** @import { Raster } from './types.d.ts' */
/** What lies under the layers: raster base maps, a plain grid where there is nothing, and who is to be credited. */

import { make, part, say, word } from './page.js';

const FEW = 3;

/** Thin lines at the edges of tiles, so that movement and scale can be felt on an empty ground. */
const Grid = L.GridLayer.extend({
  options: { zIndex: 1, className: 'map-grid' },
  createTile: () => document.createElement('div'),
});

export class Ground {
  /**
   * @param {any} map
   * @param {Raster[]} rasters
   * @param {() => boolean} hasBase whether a base layer of the town itself is shown
   */
  constructor(map, rasters, hasBase) {
    this.map = map;
    this.rasters = rasters;
    this.hasBase = hasBase;
    this.grid = new Grid();
    for (const raster of rasters) {
      const layer = this.layerOf(raster);
      layer.on('tileerror', () => this.check(raster));
      this.check(raster);
    }
    for (const choice of this.choices()) choice.addEventListener('change', () => this.choose(choice.value));
    this.draw();
  }

  /** @param {Raster} raster */
  layerOf = (raster) => window[`tile_layer_${raster.id}`];

  /** @returns {HTMLInputElement[]} */
  choices = () => [...document.querySelectorAll('input[name="raster"]')].map((input) => /** @type {HTMLInputElement} */ (input));

  /** @param {string} id of a raster, or empty for none */
  choose(id) {
    for (const raster of this.rasters) {
      const layer = this.layerOf(raster);
      [layer.failures, layer.arrivals] = [0, 0];
      if (raster.id === id) this.map.addLayer(layer);
      else this.map.removeLayer(layer);
    }
    this.draw();
  }

  /** Give up a base map of which nothing arrives; folium's script has counted since the first tile. @param {Raster} raster */
  check(raster) {
    const layer = this.layerOf(raster);
    if ((layer.failures ?? 0) < FEW || layer.arrivals || !this.map.hasLayer(layer)) return;
    for (const choice of this.choices()) choice.checked = choice.value === '';
    this.choose('');
    say(word('map_base_failed', { base: raster.name }));
  }

  /** Show the grid only on bare ground, and credit what is shown. */
  draw() {
    const shown = this.rasters.filter((raster) => this.map.hasLayer(this.layerOf(raster)));
    const bare = !shown.length && !this.hasBase();
    if (bare) this.map.addLayer(this.grid);
    else this.map.removeLayer(this.grid);
    this.map.getContainer().classList.toggle('is-bare', bare);
    const credits = shown.map(({ attribution, attribution_url: address }) => (
      /^https?:\/\//.test(address) ? make('a', { href: address, rel: 'noopener' }, attribution) : make('span', {}, attribution)));
    if (bare) credits.push(make('span', {}, word('map_no_base')));
    part('map-base-credit').replaceChildren(...credits);
  }
}
