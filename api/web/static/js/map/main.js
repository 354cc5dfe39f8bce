// @ts-check
/** @import { Card, Found, Raster } from './types.d.ts' */
/** The map page: brings map, layers, panel, list, search and address together once folium's script has made the map. */

import { Ground } from './ground.js';
import { LayerPanel } from './layer-panel.js';
import { List } from './list.js';
import { cardsAddress, part, say, word } from './page.js';
import { Panel, item } from './panel.js';
import { pick, tolerance } from './picking.js';
import { Overlay } from './overlay.js';
import { layers } from './registering.js';
import { Search } from './search.js';
import { format, parse } from './state.js';
import { setUpTools } from './tools.js';

const map = window.map_main;
const frame = map.getContainer();
/** @type {{ layers: Card[], rasters: Raster[] }} */
const said = await (await fetch(cardsAddress)).json();
const cards = new Map(said.layers.map((card) => [card.id, card]));

const shown = () => [...layers.values()].filter((layer) => map.hasLayer(layer));
const asked = () => shown().filter((layer) => !layer.settings.base);
const canvases = () => shown().filter((layer) => layer.pieces).sort((a, b) => b.settings.zIndex - a.settings.zIndex);

frame.setAttribute('role', 'application');
frame.setAttribute('aria-label', word('map_region'));
frame.setAttribute('aria-describedby', 'map-help');
L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);

const overlay = new Overlay(canvases).addTo(map);
const panel = new Panel(cards, selected);
const list = new List(cards, (id) => (map.hasLayer(layers.get(id)) ? layers.get(id) : null), (found) => reveal(found, true));
const layerPanel = new LayerPanel(map, layers, cards, layersChanged);
const ground = new Ground(map, said.rasters, () => shown().some((layer) => layer.settings.base));
setUpTools(map);
new Search((result) => arrive(result.dataset, result.id, L.latLng(result.lat, result.lon)));

for (const [id, layer] of layers) {
  layer.title = cards.get(id)?.title ?? id;
  layer.titleField = cards.get(id)?.title_field ?? '';
  layer.join?.(map);
  layer.on('drawn', () => { overlay.soon(); list.soon(); });
  layer.on('remove', () => overlay.soon());
  layer.on('pick', (/** @type {any} */ event) => { panel.open(event.found); keepInSight(event.found[0]); });
  layer.on('failed', () => say(word('map_layer_failed', { title: layer.title })));
}

/** The address follows the map; while it is being read it is left alone. */
let reading = false;
function write(push = false) {
  if (reading) return;
  const { lat, lng } = map.getCenter();
  const feature = panel.shown && { layer: panel.shown.layer, id: panel.shown.id };
  const hash = format({ zoom: map.getZoom(), lat, lng, layers: layerPanel.shown, feature });
  if (hash !== location.hash) history[push ? 'pushState' : 'replaceState'](null, '', hash);
}

async function read() {
  const state = parse(location.hash);
  if (!state) return;
  reading = true;
  map.setView([state.lat, state.lng], state.zoom, { animate: false });
  if (state.layers) layerPanel.set(state.layers);
  layersChanged(null);
  reading = false;
  const { feature } = state;
  if (!feature) {
    if (panel.shown) panel.close();
  } else if (panel.shown?.id !== feature.id || panel.shown.layer !== feature.layer) await arrive(feature.layer, feature.id, null);
}

/** @param {string | null} id of a layer just switched on */
function layersChanged(id) {
  list.offer(layerPanel.shown, id ?? undefined);
  ground.draw();
  overlay.soon();
  write();
}

/** Mark what the panel shows. @param {Found | null} found */
function selected(found) {
  for (const [id, layer] of layers) layer.select(found?.layer === id ? found.id : null);
  overlay.soon();
  if (found) list.offer(layerPanel.shown, found.layer);
  write(true);
}

/** Bring a feature into view and tell of it. @param {Found} found @param {boolean} near whether to come closer */
function reveal(found, near) {
  if (found.at) map.setView(found.at, near ? Math.max(map.getZoom(), 16) : map.getZoom(), { animate: false });
  panel.open([found]);
  keepInSight(found);
}

/** Move the map no more than needed to bring what the panel tells of out from under it. @param {Found} found */
function keepInSight(found) {
  if (!found.at) return;
  const narrow = part('map-panel').offsetWidth > innerWidth * 0.8;
  // The panel comes up from below: with the map at the top of the window, its upper part stays in sight.
  if (narrow) frame.scrollIntoView({ block: 'start' });
  const [panelBox, outer] = [part('map-panel').getBoundingClientRect(), frame.getBoundingClientRect()];
  const left = narrow ? 30 : panelBox.right - outer.left + 30;
  const bottom = narrow ? panelBox.top - outer.top - 20 : outer.height - 30;
  const point = map.latLngToContainerPoint(found.at);
  const free = L.point(clamp(point.x, left, outer.width - 80), clamp(point.y, 110, bottom));
  if (!free.equals(point)) map.panBy(point.subtract(free));
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Go to a feature by its id, switching its layer on. @param {string} id of the layer @param {string} featureId @param {any} at L.LatLng or null */
async function arrive(id, featureId, at) {
  if (at) map.setView(at, Math.max(map.getZoom(), 17), { animate: false });
  const layer = layers.get(id);
  if (!layer) return;
  layerPanel.turn(id, true);
  layersChanged(id);
  const known = layer.find(featureId) ?? (await fetched(id, featureId, at)) ?? (await once(layer)).find(featureId);
  if (known) reveal(known, false);
  else say(word('map_not_found'));
}

/** @param {string} id @param {string} featureId @param {any} at @returns {Promise<Found | null>} */
async function fetched(id, featureId, at) {
  const card = cards.get(id);
  const feature = card?.open ? await item(id, featureId) : null;
  return feature && { layer: id, id: featureId, props: feature.properties, at: at ?? layers.get(id).find(featureId)?.at ?? null };
}

/** Wait until a layer stands. @param {any} layer @returns {Promise<any>} */
const once = (layer) => new Promise((resolve) => {
  layer.once('drawn failed', () => resolve(layer));
  setTimeout(() => resolve(layer), 4000);
});

/** Ask every layer what lies here. @param {any} at L.LatLng @param {number} reach CSS pixels */
async function ask(at, reach) {
  const found = await pick(asked(), at, reach);
  if (!found.length) return say(word(asked().length ? 'map_nothing_here' : 'map_no_layers'));
  panel.open(found);
  keepInSight(found[0]);
}

// Focus is shown to those who use keys: scripts move it here on every press too, which browsers cannot tell apart.
const keyed = document.documentElement.classList;
keyed.add('is-keyed');
document.addEventListener('keydown', () => keyed.add('is-keyed'), true);
document.addEventListener('pointerdown', () => keyed.remove('is-keyed'), true);

map.on('click', (/** @type {any} */ event) => ask(event.latlng, tolerance()));
map.on('moveend', () => { write(); list.soon(); });
frame.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  if (event.key !== 'Enter' || event.target !== frame) return;
  event.preventDefault();
  ask(map.getCenter(), 24);
});
addEventListener('popstate', read);

delete map.fitBounds;
await read();
layersChanged(null);
document.documentElement.dataset.ready = '1';
