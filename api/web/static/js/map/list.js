// @ts-check
/** @import { Card, Field, Found } from './types.d.ts' */
/** The list beneath the map: the same features as text, following the view and the layer that is being looked at. */

import { figure, make, pages, part, word } from './page.js';
import { nameOf } from './panel.js';

const MOST = 50;

export class List {
  /**
   * @param {Map<string, Card>} cards
   * @param {(id: string) => any} layerOf the layer on the map, null while it is switched off
   * @param {(found: Found) => void} go
   */
  constructor(cards, layerOf, go) {
    this.cards = cards;
    this.layerOf = layerOf;
    this.go = go;
    this.choice = part('map-list-layer');
    this.choice.addEventListener('change', () => this.draw());
    this.waiting = 0;
  }

  /** Offer the layers that are shown; look at `wanted`, else at what was looked at before. @param {string[]} ids @param {string} [wanted] */
  offer(ids, wanted) {
    const before = wanted ?? this.choice.value;
    this.choice.replaceChildren(...ids.map((id) => make('option', { value: id }, this.cards.get(id)?.title ?? id)));
    if (ids.includes(before)) this.choice.value = before;
    this.choice.disabled = ids.length === 0;
    this.soon();
  }

  /** Draw when the map has come to rest. */
  soon() {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.draw(), 150);
  }

  draw() {
    const card = this.cards.get(this.choice.value);
    const layer = card && this.layerOf(card.id);
    if (!card || !layer) return this.fill(word('map_list_none'), []);
    if (layer._map?.getZoom() < layer.settings.minZoom) return this.fill(word('map_zoom_in', { title: card.title }), []);
    /** @type {Found[]} */
    const found = layer.visible();
    const values = { title: card.title, count: figure(found.length), most: figure(MOST) };
    this.fill(word(found.length > MOST ? 'map_list_more' : found.length ? 'map_list_count' : 'map_list_empty', values), found, card);
  }

  /** @param {string} note @param {Found[]} found @param {Card} [card] */
  fill(note, found, card) {
    part('map-list-count').textContent = note;
    const table = part('map-list-table');
    const all = part('map-list-all');
    all.hidden = !card;
    if (card) {
      all.href = `${pages}datasets/${card.id}`;
      all.textContent = word('map_list_all', { title: card.title });
    }
    table.hidden = found.length === 0;
    table.replaceChildren();
    if (!card || !found.length) return;
    const fields = columns(card);
    table.append(
      make('caption', { class: 'visually-hidden' }, note),
      make('thead', {}, make('tr', {}, ...[headOf(card), ...fields.map(({ title }) => title)].map((title) => make('th', { scope: 'col' }, title)))),
      make('tbody', {}, ...found.slice(0, MOST).map((one) => this.row(one, fields, card))),
    );
  }

  /** @param {Found} found @param {Field[]} fields @param {Card} card */
  row(found, fields, card) {
    const button = make('button', { type: 'button', lang: 'ja' }, nameOf(found, card));
    button.addEventListener('click', () => this.go(found));
    const cells = fields.map((field) => {
      const text = String(found.props[field.name] ?? '');
      return field.codes[text] ? make('td', {}, field.codes[text]) : make('td', { lang: 'ja' }, text && field.unit ? `${text} ${field.unit}` : text);
    });
    return make('tr', {}, make('th', { scope: 'row' }, button), ...cells);
  }
}

/** @param {Card} card */
const columns = (card) => card.list_fields.filter((name) => name !== card.title_field)
  .map((name) => /** @type {Field} */ (card.fields.find((field) => field.name === name))).filter(Boolean);

/** @param {Card} card */
const headOf = (card) => card.fields.find(({ name }) => name === card.title_field)?.title ?? card.title;
