// @ts-check
/** @import { Card } from './types.d.ts' */
/** The list of layers, which the server wrote as a form: switching them on and off, and saying which are too far away. */

import { part, say, word } from './page.js';

export class LayerPanel {
  /**
   * @param {any} map
   * @param {Map<string, any>} layers
   * @param {Map<string, Card>} cards
   * @param {(id: string | null) => void} changed told which layer was switched on by hand
   */
  constructor(map, layers, cards, changed) {
    this.map = map;
    this.layers = layers;
    this.cards = cards;
    /** @type {HTMLInputElement[]} */
    this.boxes = [...document.querySelectorAll('input[name="layer"]')].map((box) => /** @type {HTMLInputElement} */ (box));
    for (const box of this.boxes) {
      box.checked = map.hasLayer(layers.get(box.value));
      box.addEventListener('change', () => {
        this.turn(box.value, box.checked);
        say(word(box.checked ? 'map_layer_on' : 'map_layer_off', { title: cards.get(box.value)?.title ?? box.value }));
        changed(box.checked ? box.value : null);
      });
    }
    map.on('zoomend', () => this.hint());
    this.hint();
    setUpSheet();
  }

  /** Ids of what is shown, in the order of the list, without the ground. */
  get shown() {
    return this.overlays.filter(({ checked }) => checked).map(({ value }) => value);
  }

  get overlays() {
    return this.boxes.filter(({ value }) => !this.cards.get(value)?.base);
  }

  /** @param {string} id @param {boolean} on */
  turn(id, on) {
    const box = this.boxes.find(({ value }) => value === id);
    if (!box) return;
    box.checked = on;
    const layer = this.layers.get(id);
    if (on) this.map.addLayer(layer);
    else this.map.removeLayer(layer);
    const legend = document.getElementById(`map-legend-${id}`);
    if (legend instanceof HTMLDetailsElement) legend.open = on;
    this.hint();
  }

  /** Show exactly these layers; the ground stays as it is. @param {string[]} ids */
  set(ids) {
    for (const { value } of this.overlays) this.turn(value, ids.includes(value));
  }

  /** Say beside a layer that it is drawn only further in. */
  hint() {
    const zoom = this.map.getZoom();
    for (const { value, checked } of this.boxes) {
      const far = checked && zoom < (this.cards.get(value)?.min_zoom ?? 0);
      const line = document.getElementById(`map-hint-${value}`);
      if (line) line.hidden = !far;
    }
    part('map-shown-count').textContent = String(this.shown.length);
  }
}

/** On narrow screens the list is a sheet that comes up and goes away again; on wide ones it always stands. */
function setUpSheet() {
  const [open, close, sheet] = [part('map-layers-open'), part('map-layers-close'), part('map-layers')];
  const set = (/** @type {boolean} */ on) => {
    sheet.classList.toggle('is-open', on);
    open.setAttribute('aria-expanded', String(on));
    (on ? close : open).focus({ preventScroll: true });
    if (on) part('map_main').scrollIntoView({ block: 'start' });
  };
  open.addEventListener('click', () => set(!sheet.classList.contains('is-open')));
  close.addEventListener('click', () => set(false));
  sheet.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || !sheet.classList.contains('is-open')) return;
    event.preventDefault();
    set(false);
  });
}
