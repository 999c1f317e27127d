// The base: land, water, borders and dated lines from the packs, and the names of states.
const LAND_FOCUS = '#faf8f3';
const LAND_OTHER = '#efece4';
const WATER = '#dfe8ec';
const REFERENCE_STYLE = new Map([
  ['water', {color: '#a9bcc6', weight: 0.8, fillColor: WATER, fillOpacity: 1}],
  ['province', {color: '#a39c90', weight: 0.9, dashArray: '1 3', fill: false}],
  ['district', {color: '#b3ada2', weight: 0.8, dashArray: '1 3', fill: false}],
  ['border', {color: '#857e72', weight: 1.3, fill: false}],
  ['disputed-border', {color: '#4a4f52', weight: 2.4, dashArray: '9 4 1.5 4', fill: false}],
]);
const FORMER = {color: '#4a4f52', weight: 1.2, dashArray: '1.2 3', fill: false};
const ALWAYS = {interactive: false, lineJoin: 'round'};
let states = [];
let referenceLayers = new Map();

function unpacked(line) {
  const points = [];
  let lon = 0;
  let lat = 0;
  for (let n = 0; n < line.length; n += 2) {
    lon += line[n];
    lat += line[n + 1];
    points.push([lat / 1000, lon / 1000]);
  }
  return points;
}

function outlineKey(row) {
  if (row.layer === 'river') return 'water';
  if (row.layer !== 'disputed-border') return row.layer;
  return [row.layer, row.name || '', row.from || '', row.to || ''].join('|');
}

function drawBase(map) {
  const pane = map.createPane('base');
  pane.style.zIndex = 210;
  const reference = map.createPane('reference');
  reference.style.zIndex = 350;
  const ground = L.svg({pane: 'base', padding: 0.6});
  const lines = L.svg({pane: 'reference', padding: 0.6});
  if (data.box) {
    const [west, south, east, north] = data.box;
    L.rectangle([[south, west], [north, east]], {...ALWAYS, renderer: ground, stroke: false, fillColor: WATER, fillOpacity: 1}).addTo(map);
  }
  for (const row of data.outlines) {
    const shape = row.lines.map(part => part.map(unpacked));
    if (row.layer === 'land') {
      const focus = !data.focus.length || data.focus.includes(row.country);
      L.polygon(shape, {...ALWAYS, renderer: ground, color: '#d8d2c6', weight: 0.8, fillColor: focus ? LAND_FOCUS : LAND_OTHER, fillOpacity: 1}).addTo(map);
      if (row.name) states.push({name: row.name, shape, focus});
      continue;
    }
    const key = outlineKey(row);
    if (!referenceLayers.has(key)) referenceLayers.set(key, {layer: L.layerGroup(), row});
    const style = {...ALWAYS, ...lineStyle(key, row), renderer: row.layer === 'water' ? ground : lines};
    const drawn = row.area ? L.polygon(shape, style) : L.polyline(shape.flat(), {...style, fill: false});
    referenceLayers.get(key).layer.addLayer(drawn);
  }
}

// A dated line that had ended before the first event is drawn as a former one.
function lineStyle(key, row) {
  const days = data.events.filter(event => event.day && !event.background).map(event => event.day).sort();
  const former = row.layer === 'disputed-border' && row.to && days.length && row.to < days[0];
  return former ? FORMER : REFERENCE_STYLE.get(key.split('|')[0]);
}

// Rows of the rail for the layers that exist, in the order of the key.
function referenceRows() {
  const rows = [];
  for (const name of ['border', 'disputed-border', 'province', 'district', 'water']) {
    for (const [key, {row}] of referenceLayers) {
      if (key.split('|')[0] !== name) continue;
      const years = (row.from || '').slice(0, 4) + '–' + (row.to || '').slice(0, 4);
      const dates = years === '–' || (row.name || '').includes(years) ? '' : ', ' + years;
      rows.push([key, name === 'disputed-border' && row.name ? [quoted(row.name, 'mul'), dates, ' (', t('approximate'), ')'] : t(name)]);
    }
  }
  rows.push(['names', t('places_layer')], ['areas', t('areas_layer')]);
  return rows;
}

function showReference(map) {
  for (const [key, {layer}] of referenceLayers) {
    if (state.reference.get(key)) layer.addTo(map);
    else layer.remove();
  }
}

// A spot well inside the part of a state that is on view, or null where no room is left.
function stateSpot(map, shape, size, taken) {
  const view = map.getSize().subtract([0, covered()]);
  const rings = ringsOnScreen(map, shape);
  let best = null;
  for (let row = 1; row < 12; row += 1) {
    for (let column = 1; column < 12; column += 1) {
      const x = view.x * column / 12;
      const y = view.y * row / 12;
      const box = [x - size.x / 2, y - size.y / 2, x + size.x / 2, y + size.y / 2];
      if (box[0] < 8 || box[1] < 8 || box[2] > view.x - 56 || box[3] > view.y - 30) continue;
      if (taken.some(other => overlap(box, other) > 0)) continue;
      if (!inside(rings, x, y) || !inside(rings, box[0], y) || !inside(rings, box[2], y)) continue;
      const room = Math.min(distanceTo(rings, x, y), 160) - Math.hypot(x - view.x / 2, y - view.y / 2) / 12;
      if (!best || room > best.room) best = {room, x, y, box};
    }
  }
  return best;
}

// Screen outlines are kept while the view stays: choosing an event moves nothing.
const screens = new Map();
let screenView = '';
function ringsOnScreen(map, shape) {
  const {lat, lng} = map.getCenter();
  const view = [map.getZoom(), lat, lng, map.getSize()].join('|');
  if (view !== screenView) screens.clear();
  screenView = view;
  if (!screens.has(shape)) screens.set(shape, shape.flatMap(part => part.map(ring => ring.map(point => map.latLngToContainerPoint(point)))));
  return screens.get(shape);
}

function inside(rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let n = 0, m = ring.length - 1; n < ring.length; m = n, n += 1) {
      const a = ring[n];
      const b = ring[m];
      if ((a.y > y) !== (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) odd = !odd;
    }
  }
  return odd;
}

function distanceTo(rings, x, y) {
  let least = Infinity;
  for (const ring of rings) for (const point of ring) least = Math.min(least, Math.hypot(point.x - x, point.y - y));
  return least;
}
