// @ts-check
/** @import { Card, Field, Found, Properties } from './types.d.ts' */
/** The panel that tells what was found: all fields, a choice where several things lie at one place, and where to read on. */

import { day, lang, make, pages, part, root, word } from './page.js';

export class Panel {
  /**
   * @param {Map<string, Card>} cards
   * @param {(found: Found | null) => void} changed told what is shown now
   */
  constructor(cards, changed) {
    this.cards = cards;
    this.changed = changed;
    this.box = part('map-panel');
    /** @type {Found[]} */
    this.found = [];
    /** @type {Found | null} */
    this.shown = null;
    /** @type {HTMLElement | null} */
    this.origin = null;
    part('map-panel-close').addEventListener('click', () => this.close());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && this.shown) this.close();
    });
  }

  /** Show the first of what was found and take the focus; it returns to `origin` when the panel is closed. @param {Found[]} found */
  open(found) {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!this.shown || !this.box.contains(before)) this.origin = before;
    this.found = found;
    this.box.hidden = false;
    this.show(found[0]);
    part('map-panel-title').focus({ preventScroll: false });
  }

  close() {
    this.box.hidden = true;
    this.shown = null;
    this.changed(null);
    const origin = this.origin?.isConnected && this.origin !== document.body ? this.origin : document.getElementById('map_main');
    origin?.focus({ preventScroll: true });
  }

  /** @param {Found} found */
  show(found) {
    this.shown = found;
    const card = /** @type {Card} */ (this.cards.get(found.layer));
    part('map-panel-kind').textContent = card.title;
    part('map-panel-title').textContent = nameOf(found, card);
    part('map-panel-choice').replaceChildren(...(this.found.length > 1 ? this.choices() : []));
    part('map-panel-choice').hidden = this.found.length < 2;
    this.fill(card, found.props, !card.tiled || !card.open);
    part('map-panel-notes').replaceChildren(...notes(card));
    part('map-panel-links').replaceChildren(...links(card, found));
    this.changed(found);
    if (card.tiled && card.open) this.complete(card, found);
  }

  choices() {
    return this.found.map((found) => {
      const card = /** @type {Card} */ (this.cards.get(found.layer));
      const button = make('button', { type: 'button' }, `${nameOf(found, card)}（${card.title}）`);
      if (found === this.shown) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => {
        this.show(found);
        part('map-panel-title').focus();
      });
      return make('li', {}, button);
    });
  }

  /** Fetch the fields that the tile does not carry. @param {Card} card @param {Found} found */
  async complete(card, found) {
    const props = await properties(card.id, found.id);
    if (this.shown !== found) return;
    this.fill(card, props ?? found.props, true);
    if (props) {
      part('map-panel-title').textContent = nameOf({ ...found, props }, card);
    } else part('map-panel-notes').prepend(make('p', {}, word('map_partial')));
  }

  /** @param {Card} card @param {Properties} props @param {boolean} whole whether fields that are missing here are really empty */
  fill(card, props, whole) {
    const rows = card.fields.flatMap((field) => {
      const value = props[field.name];
      const empty = value === undefined || value === null || value === '';
      if (empty && !(whole && card.list_fields.includes(field.name))) return [];
      return [make('div', {}, make('dt', {}, field.title), empty ? make('dd', { class: 'is-empty' }, word('map_empty')) : valueOf(field, value))];
    });
    part('map-panel-fields').replaceChildren(...rows);
  }
}

/** Return all public fields of a feature, or null. @param {string} dataset @param {string} id @returns {Promise<Properties | null>} */
export async function properties(dataset, id) {
  return (await item(dataset, id))?.properties ?? null;
}

/** Return a feature as GeoJSON, or null. @param {string} dataset @param {string} id @returns {Promise<any>} */
export async function item(dataset, id) {
  const address = `${root}ogc/collections/${dataset}/items/${encodeURIComponent(id)}?f=json`;
  const answer = await fetch(address, { headers: { Accept: 'application/geo+json' } }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** @param {Found} found @param {Card} card */
export function nameOf(found, card) {
  const name = found.props[card.title_field];
  return name === undefined || name === null || name === '' ? word('map_untitled', { title: card.title }) : String(name);
}

/** Values stay as the town wrote them, in Japanese; only codes are translated. @param {Field} field @param {unknown} value */
function valueOf(field, value) {
  const text = String(value);
  const label = field.codes[text];
  if (label) return make('dd', {}, label);
  if (/^https?:\/\//.test(text)) {
    return make('dd', {}, make('a', { href: text, rel: 'noopener nofollow' }, text));
  }
  if (field.type === 'date') return make('dd', {}, day(text));
  return make('dd', { lang: 'ja' }, field.unit ? `${text} ${field.unit}` : text);
}

/** @param {Card} card */
function notes(card) {
  const texts = [card.caveat, card.open ? '' : word('map_view_only'), card.as_of ? word('map_as_of', { date: day(card.as_of) }) : ''];
  return texts.filter(Boolean).map((text) => make('p', {}, text));
}

/** @param {Card} card @param {Found} found */
function links(card, found) {
  const dataset = make('a', { href: `${pages}datasets/${card.id}` }, word('map_dataset_page', { title: card.title }));
  if (!card.open) return [make('li', {}, dataset)];
  const feature = make('a', { href: `${pages}datasets/${card.id}/${encodeURIComponent(found.id)}`, lang }, word('map_feature_page'));
  return [make('li', {}, feature), make('li', {}, dataset)];
}
