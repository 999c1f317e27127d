// How exact a place is, drawn: each area once, however many events lie in it.
const DASH = {near: '3 4', direction: '4 4', bearing: '4 4', distance: '5 4', between: '5 4', district: '6 5', region: '9 6'};

function drawArea(group, chosen) {
  const kind = group.place.class;
  const geometry = data.areas[group.place.area];
  if (!geometry || (kind === 'region' && !chosen)) return [];
  const colour = group.hue;
  const stroke = {...ALWAYS, renderer: areaRenderer, color: colour, weight: chosen ? 2.6 : 1.3, dashArray: DASH[kind] || null, fill: false};
  const fill = {...ALWAYS, renderer: areaRenderer, stroke: false, fillColor: colour, fillOpacity: chosen ? 0.2 : 0.07};
  const shape = L.GeoJSON.coordsToLatLngs;
  if (geometry.type.endsWith('LineString')) {
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    return lines.map(line => L.polyline(shape(line), {...stroke, dashArray: null, weight: 8, opacity: chosen ? 0.55 : 0.32, lineCap: 'round'}));
  }
  if (!geometry.type.endsWith('Polygon')) {
    return geometry.type === 'Point' ? [L.circleMarker(L.GeoJSON.coordsToLatLng(geometry.coordinates), {...stroke, radius: 2, dashArray: null})] : [];
  }
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const drawn = [];
  for (const part of parts) {
    const rings = part.map(ring => shape(ring));
    const filled = kind === 'near' ? [rings[0], shrunk(rings[0], group.at)] : rings;
    if (kind !== 'region') drawn.push(L.polygon(filled, fill));
    drawn.push(...rings.map(ring => L.polyline(ring, stroke)));
    if (kind === 'direction') drawn.push(...ticks(rings[0], group.at, {...stroke, dashArray: null}));
  }
  return drawn;
}

// The inner third of a "near" disc stays empty: the report puts the event around it, not in it.
function shrunk(ring, at) {
  return ring.map(point => [at[0] + (point.lat - at[0]) / 3, at[1] + (point.lng - at[1]) / 3]);
}

// Eight ticks pointing at the place: no side was given, so none is drawn.
function ticks(ring, at, style) {
  const lats = ring.map(point => point.lat);
  const reach = (Math.max(...lats) - Math.min(...lats)) / 2;
  const wide = reach / Math.max(Math.cos(at[0] * Math.PI / 180), 0.01);
  return [...Array(8).keys()].map(n => {
    const angle = n * Math.PI / 4;
    const spot = share => [at[0] + reach * share * Math.cos(angle), at[1] + wide * share * Math.sin(angle)];
    return L.polyline([spot(1), spot(0.72)], style);
  });
}
