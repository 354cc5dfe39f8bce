// @ts-check
/** What the server wrote into the page: addresses, language and words; and the line that tells what just happened. */

const page = /** @type {HTMLElement} */ (document.getElementById('map-page'));
const words = JSON.parse(page.dataset.words ?? '{}');

/** Path prefix of the site, ending in a slash. */
export const root = page.dataset.root ?? '/';
/** The same for pages, with the language. */
export const pages = page.dataset.pages ?? '/';
export const lang = document.documentElement.lang;
/** Address of what is said of the layers. */
export const cardsAddress = page.dataset.cards ?? '';

/**
 * Return a text in the reader's language, its {names} filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function word(name, values = {}) {
  return String(words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
}

/**
 * Return an element of the page's own HTML; an error when the template has lost it.
 * @param {string} id
 * @returns {any}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id} in the page`);
  return found;
}

/**
 * Make an element. Text is text: nothing here reads markup.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(string | Node)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let pending = 0;

/**
 * Tell readers, also those who listen, what happened (WCAG 4.1.3). The same sentence twice is read twice.
 * @param {string} text
 */
export function say(text) {
  const line = part('map-status');
  line.textContent = '';
  clearTimeout(pending);
  pending = window.setTimeout(() => { line.textContent = text; }, 40);
}

const numbers = new Intl.NumberFormat(lang);

/** @param {number} count */
export const figure = (count) => numbers.format(count);

/**
 * Return a date of ISO 8601 as the reader's language writes it, anything else as it is.
 * @param {string} text
 */
export function day(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return text;
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Intl.DateTimeFormat(lang, { dateStyle: 'long' }).format(date);
}
