// @ts-check
/** The search field as a combobox (ARIA Authoring Practices): suggestions while typing, arrows and Enter to choose. */

import { lang, make, pages, part, say, word } from './page.js';

const PAUSE = 180;

/** What /search answers. @typedef {{ title: string, dataset: string, dataset_title: string, id: string, lon: number | null, lat: number | null, url: string }} Result */

export class Search {
  /** @param {(result: Result) => void} go called with a result that has a place */
  constructor(go) {
    this.go = go;
    this.field = part('map-search');
    this.list = part('map-search-list');
    /** @type {Result[]} */
    this.results = [];
    this.at = -1;
    this.asked = 0;
    this.waiting = 0;
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', 'map-search-list'], ['aria-expanded', 'false'], ['autocomplete', 'off']]) {
      this.field.setAttribute(name, value);
    }
    this.field.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.ask(), PAUSE);
    });
    this.field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.field.addEventListener('blur', () => this.hide());
    this.field.form.addEventListener('submit', (/** @type {Event} */ event) => this.submit(event));
  }

  /** Ask the server; an answer that a later question has overtaken is dropped. */
  async ask() {
    const text = this.field.value.trim();
    this.asked += 1;
    const turn = this.asked;
    const answer = text ? await fetch(`${pages}search?${new URLSearchParams({ q: text, format: 'json' })}`, { headers: { Accept: 'application/json' } }).catch(() => null) : null;
    const results = answer?.ok ? (await answer.json()).results : [];
    if (turn !== this.asked) return;
    this.results = results.slice(0, 8);
    this.draw(text, Boolean(answer && !answer.ok) || (text !== '' && !answer));
  }

  /** @param {string} text @param {boolean} failed */
  draw(text, failed) {
    this.at = -1;
    this.list.replaceChildren(...this.results.map((result, i) => this.option(result, i)));
    this.list.hidden = this.results.length === 0;
    this.field.setAttribute('aria-expanded', String(this.results.length > 0));
    this.field.removeAttribute('aria-activedescendant');
    if (failed) say(word('map_search_failed'));
    else if (text) say(this.results.length ? word('map_search_count', { count: this.results.length }) : word('map_search_none', { text }));
  }

  /** @param {Result} result @param {number} i */
  option(result, i) {
    const option = make('li', { role: 'option', id: `map-search-${i}`, 'aria-selected': 'false' },
      make('span', { class: 'map-result-title', lang: 'ja' }, result.title), make('span', { class: 'map-result-kind', lang }, result.dataset_title));
    // Before the field loses the focus, which hides the list.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => this.choose(result));
    return option;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move((this.at + step + this.results.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.results.length);
    else if (event.key === 'Enter' && this.at >= 0) this.choose(this.results[this.at]);
    else if (event.key === 'Escape') this.hide();
    else return;
    event.preventDefault();
  }

  /** @param {number} to */
  move(to) {
    this.at = to;
    [...this.list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === to)));
    this.field.setAttribute('aria-activedescendant', `map-search-${to}`);
    this.list.children[to].scrollIntoView({ block: 'nearest' });
  }

  /** @param {Result} result */
  choose(result) {
    this.hide();
    this.field.value = result.title;
    if (result.lon === null || result.lat === null) location.assign(result.url);
    else this.go(result);
  }

  hide() {
    this.list.hidden = true;
    this.field.setAttribute('aria-expanded', 'false');
    this.field.removeAttribute('aria-activedescendant');
  }

  /** Enter without a choice takes the only result with a place; else the results page opens. @param {Event} event */
  submit(event) {
    if (this.results.length !== 1 || this.results[0].lon === null) return;
    event.preventDefault();
    this.choose(this.results[0]);
  }
}
