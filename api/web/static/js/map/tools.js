// @ts-check
/** The buttons on the map: zoom, move without dragging (WCAG 2.5.7), where am I, link to share, print. */

import { figure, part, say, word } from './page.js';

/** @param {any} map */
export function setUpTools(map) {
  for (const button of document.querySelectorAll('button[data-zoom]')) {
    button.addEventListener('click', () => map.setZoom(map.getZoom() + Number(button.getAttribute('data-zoom'))));
  }
  const atEnd = () => {
    for (const button of document.querySelectorAll('button[data-zoom]')) {
      const end = Number(button.getAttribute('data-zoom')) > 0 ? map.getZoom() >= map.getMaxZoom() : map.getZoom() <= map.getMinZoom();
      button.setAttribute('aria-disabled', String(end));
    }
  };
  map.on('zoomend', atEnd);
  atEnd();
  for (const button of document.querySelectorAll('button[data-pan]')) {
    button.addEventListener('click', () => {
      const [x, y] = (button.getAttribute('data-pan') ?? '').split(' ').map(Number);
      const size = map.getSize();
      map.panBy([x * size.x * 0.4, y * size.y * 0.4]);
    });
  }
  unfold('map-move', 'map-pad');
  locate(map);
  share();
  print(map);
}

/** Let a button show and hide a part of the page. @param {string} buttonId @param {string} boxId */
export function unfold(buttonId, boxId) {
  const button = part(buttonId);
  const box = part(boxId);
  button.addEventListener('click', () => {
    box.hidden = !box.hidden;
    button.setAttribute('aria-expanded', String(!box.hidden));
  });
}

/** Browsers tell the place only over https: elsewhere the button is not offered. @param {any} map */
function locate(map) {
  const button = part('map-locate');
  if (!window.isSecureContext || !navigator.geolocation) return;
  button.hidden = false;
  /** @type {any[]} */
  let marks = [];
  button.addEventListener('click', () => {
    say(word('map_locating'));
    map.locate({ setView: true, maxZoom: 17, timeout: 10_000 });
  });
  map.on('locationfound', (/** @type {any} */ event) => {
    for (const mark of marks) mark.remove();
    const look = { interactive: false, color: '#0b5fb0', weight: 2 };
    marks = [
      L.circle(event.latlng, { ...look, radius: event.accuracy, fillOpacity: 0.1 }).addTo(map),
      L.circleMarker(event.latlng, { ...look, radius: 7, color: '#ffffff', fillColor: '#0b5fb0', fillOpacity: 1 }).addTo(map),
    ];
    say(word('map_located', { metres: figure(Math.round(event.accuracy)) }));
  });
  map.on('locationerror', () => say(word('map_not_located')));
}

function share() {
  const field = part('map-link');
  part('map-share').addEventListener('click', async () => {
    field.value = location.href;
    part('map-link-box').hidden = false;
    field.select();
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    say(word(copied ? 'map_link_copied' : 'map_link_shown'));
  });
}

/** Paper is laid out by map.css; the map has to be told that its frame changed. @param {any} map */
function print(map) {
  const refit = () => {
    const centre = map.getCenter();
    map.invalidateSize({ animate: false, pan: false });
    map.setView(centre, map.getZoom(), { animate: false });
  };
  part('map-print').addEventListener('click', async () => {
    document.documentElement.classList.add('is-printing');
    refit();
    say(word('map_printing'));
    // Layers fetch and paint what the taller frame shows; a second is enough or the base map is late anyway.
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
    window.print();
  });
  addEventListener('beforeprint', () => {
    part('map-printed').textContent = word('map_printed', { date: new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' }).format(new Date()) });
    part('map-printed-link').textContent = location.href;
    if (!document.documentElement.classList.contains('is-printing')) refit();
  });
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('is-printing');
    refit();
  });
}
