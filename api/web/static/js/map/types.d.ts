/** The shapes of what the map's modules hand to each other. Read by `tsc --checkJs` and by editors, never by a browser. */

declare global {
  const L: any;
  interface Window { map_main: any; [name: string]: any }
}

/** How one class of features is drawn; gis/map/style.py writes it. Widths and dashes are CSS pixels. */
export interface Brush { fill: string; stroke: string; width: number; dash: number[]; short: string }

export interface Style {
  by: string; symbol: string; default: Brush; cases: [string, Brush][]; limits: number[]; steps: Brush[];
}

/** What folium's script says of a layer; gis/map/composition.py writes it. */
export interface Settings {
  id: string; kind: 'point' | 'line' | 'polygon'; tiled: boolean; url: string; dataZoom: [number, number];
  minZoom: number; zIndex: number; base: boolean; label: string; style: Style;
}

export type Properties = Record<string, unknown>;

/** A feature, or the piece of it within one tile. `parts`: rings, lines or points as x, y, x, y … in tile units. */
export interface Shape { id: string; type: 1 | 2 | 3; props: Properties; parts: ArrayLike<number>[] }

export interface Tile { extent: number; shapes: Shape[] }

/** Where tiles come from. `tile` answers in the source's own zooms. */
export interface Source {
  zooms: [number, number];
  tile(z: number, x: number, y: number): Promise<Tile>;
}

/** One thing found on the map. `size`: of an area, in pixels². */
export interface Found { layer: string; id: string; props: Properties; at: { lat: number; lng: number } | null; size?: number }

export interface Field { name: string; title: string; type: string; unit: string; codes: Record<string, string> }

/** What is said of a layer in the reader's language; gis/map/card.py writes it. */
export interface Card {
  id: string; version: string; title: string; kind: string; base: boolean; show: boolean; open: boolean; tiled: boolean;
  min_zoom: number; symbol: string; brush: Brush; legend: { label: string; lang: string; brush: Brush }[];
  fields: Field[]; title_field: string; list_fields: string[]; caveat: string; as_of: string; rows: number;
}

export interface Raster { id: string; name: string; attribution: string; attribution_url: string }

export interface State { zoom: number; lat: number; lng: number; layers: string[] | null; feature: { layer: string; id: string } | null }

export {};
