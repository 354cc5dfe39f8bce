// @ts-check
/** @import { Brush, Properties, Shape, Style, Tile } from './types.d.ts' */
/** Painting the shapes of one tile: areas, then lines with a white casing, then points, then what is selected. */

const CASING = '#ffffff';
const SELECTED = '#c4161c';
/** Of areas, so that the ground beneath stays legible. */
const SEE_THROUGH = 0.62;
const MANY = 200;

/** Chooses the brush of a feature by its style. */
export class Brushes {
  /** @param {Style} style */
  constructor(style) {
    this.style = style;
    this.cases = new Map(style.cases);
    /** All brushes, the one to be drawn on top last. @type {Brush[]} */
    this.upwards = [style.default, ...style.steps, ...style.cases.map(([, brush]) => brush).reverse()];
  }

  /** @param {Properties} props @returns {Brush} */
  of(props) {
    const { by, limits, steps } = this.style;
    const value = by ? props[by] : undefined;
    if (!steps.length) return this.cases.get(String(value ?? '')) ?? this.style.default;
    const number = value === '' || value === null ? NaN : Number(value);
    return Number.isNaN(number) ? this.style.default : steps[limits.filter((limit) => number >= limit).length];
  }
}

/** How tile units become canvas pixels: multiplied, then moved. @typedef {{ scale: number, dx: number, dy: number }} Placing */
/**
 * `pixel`: device pixels of a CSS pixel; `base`: whether this is ground, which needs neither casing nor to be seen through.
 * @typedef {Placing & { pixel: number, zoom: number, base: boolean }} View
 */

/**
 * Paint a tile's shapes over what is already there.
 * @param {CanvasRenderingContext2D} ink @param {Tile} tile @param {View} view @param {Brushes} brushes
 */
export function paint(ink, tile, view, brushes) {
  ink.lineJoin = 'round';
  ink.lineCap = 'butt';
  const groups = grouped(tile.shapes, brushes);
  for (const [brush, shapes] of groups) area(ink, shapes.filter(({ type }) => type === 3), view, brush);
  for (const [brush, shapes] of groups) casing(ink, shapes.filter(({ type }) => type === 2), view, brush);
  for (const [brush, shapes] of groups) line(ink, shapes.filter(({ type }) => type === 2), view, brush);
  for (const [brush, shapes] of groups) dots(ink, shapes.filter(({ type }) => type === 1), view, brush);
}

/** @param {Shape[]} shapes @param {Brushes} brushes @returns {[Brush, Shape[]][]} */
function grouped(shapes, brushes) {
  /** @type {Map<Brush, Shape[]>} */
  const groups = new Map(brushes.upwards.map((brush) => [brush, []]));
  for (const shape of shapes) groups.get(brushes.of(shape.props))?.push(shape);
  return [...groups].filter(([, found]) => found.length);
}

/** @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {Placing} placing */
function trace(ink, shapes, { scale, dx, dy }) {
  ink.beginPath();
  for (const { parts, type } of shapes) {
    for (const part of parts) {
      ink.moveTo(part[0] * scale + dx, part[1] * scale + dy);
      for (let i = 2; i < part.length; i += 2) ink.lineTo(part[i] * scale + dx, part[i + 1] * scale + dy);
      if (type === 3) ink.closePath();
    }
  }
}

/** Roads and pipes grow with the zoom, so that a town's whole network does not run into one blot. @param {number} zoom */
const growth = (zoom) => [0.4, 0.5, 0.6, 0.75, 0.9, 1.1, 1.4][Math.max(0, Math.min(6, zoom - 12))];

/** @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {View} view @param {Brush} brush */
function area(ink, shapes, view, brush) {
  if (!shapes.length) return;
  if (brush.fill) {
    // Each feature by itself: even-odd over several would punch holes where two of them overlap.
    ink.fillStyle = brush.fill;
    ink.globalAlpha = view.base ? 1 : SEE_THROUGH;
    for (const shape of shapes) {
      trace(ink, [shape], view);
      ink.fill('evenodd');
    }
    ink.globalAlpha = 1;
  }
  if (!brush.stroke || !brush.width || view.zoom < 12) return;
  trace(ink, shapes, view);
  // On parcels of a few pixels a dash is noise, and the slowest thing to draw.
  const dash = view.zoom < 16 && shapes.length > MANY ? [] : brush.dash;
  stroke(ink, brush.stroke, brush.width * Math.min(1, growth(view.zoom)) * view.pixel, dash, view.pixel);
}

/** @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {View} view @param {Brush} brush */
function casing(ink, shapes, view, brush) {
  const width = brush.width * growth(view.zoom);
  if (!shapes.length || view.base || width < 1.5 || view.zoom < 15) return;
  trace(ink, shapes, view);
  stroke(ink, CASING, (width + 2.5) * view.pixel, [], view.pixel);
}

/** @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {View} view @param {Brush} brush */
function line(ink, shapes, view, brush) {
  if (!shapes.length || !brush.stroke) return;
  trace(ink, shapes, view);
  stroke(ink, brush.stroke, Math.max(0.6, brush.width * growth(view.zoom)) * view.pixel, brush.dash, view.pixel);
}

/** @param {CanvasRenderingContext2D} ink @param {string} colour @param {number} width @param {number[]} dash @param {number} pixel */
function stroke(ink, colour, width, dash, pixel) {
  ink.strokeStyle = colour;
  ink.lineWidth = width;
  ink.setLineDash(dash.map((length) => length * pixel));
  ink.stroke();
  ink.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {View} view @param {Brush} brush */
function dots(ink, shapes, view, brush) {
  if (!brush.fill) return;
  const radius = (view.zoom < 14 ? 3 : view.zoom < 16 ? 4.5 : 6) * view.pixel;
  for (const { parts } of shapes) {
    for (const part of parts) {
      ink.beginPath();
      ink.arc(part[0] * view.scale + view.dx, part[1] * view.scale + view.dy, radius, 0, 2 * Math.PI);
      ink.fillStyle = brush.fill;
      ink.fill();
      stroke(ink, CASING, 1.5 * view.pixel, [], view.pixel);
    }
  }
}

/** Mark what is selected, in CSS pixels. @param {CanvasRenderingContext2D} ink @param {Shape[]} shapes @param {Placing} placing */
export function mark(ink, shapes, placing) {
  for (const [colour, width] of /** @type {[string, number][]} */ ([[CASING, 7], [SELECTED, 3.5]])) {
    trace(ink, shapes.filter(({ type }) => type !== 1), placing);
    stroke(ink, colour, width, [], 1);
    for (const { parts } of shapes.filter(({ type }) => type === 1)) {
      ink.beginPath();
      ink.arc(parts[0][0] * placing.scale + placing.dx, parts[0][1] * placing.scale + placing.dy, 10, 0, 2 * Math.PI);
      stroke(ink, colour, width, [], 1);
    }
  }
}
