// The state in the address: what differs from the opening state, as ids that exist in the data.
const GROUP_KEYS = {by: 'by', type: 'ty', precision: 'pr', source: 'src', reading: 'rd'};
let writing = '';

function knownValues(group) {
  return [...new Set([...valuesOf(group).map(([id]) => id), ...data.events.flatMap(event => event.values[group])])];
}

function hashText(map) {
  const parts = [['v', '1']];
  if (map && map.touched) {
    const {lat, lng} = map.getCenter();
    parts.push(['m', [map.getZoom(), lat.toFixed(3), lng.toFixed(3)].join('/')]);
  }
  for (const group of FILTERS) {
    const start = new Set(OFF_AT_START[group] || []);
    const known = knownValues(group);
    if (known.every(value => start.has(value) === state.off[group].has(value))) continue;
    parts.push([GROUP_KEYS[group], known.filter(value => !state.off[group].has(value)).map(encodeURIComponent).join(',')]);
  }
  if (state.disputed) parts.push(['disp', '1']);
  if (state.earlier) parts.push(['old', '1']);
  if (state.language) parts.push(['l', encodeURIComponent(state.language)]);
  if (state.view === 'table') parts.push(['view', 'table']);
  if (state.selected) parts.push(['e', encodeURIComponent(state.selected)]);
  const hidden = [...state.reference].filter(([, on]) => !on).map(([key]) => '-' + encodeURIComponent(key));
  if (hidden.length) parts.push(['ref', hidden.join(',')]);
  return parts.length > 1 ? '#' + parts.map(part => part.join('=')).join('&') : '';
}

function writeHash(map, push) {
  const text = hashText(map);
  if (text === writing) return;
  writing = text;
  try {
    history[push ? 'pushState' : 'replaceState'](null, '', text || location.href.split('#')[0]);
  } catch {
    // some embedding contexts refuse; the page works without it
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// Reads the address into the state. Returns false where some part of it matched nothing here.
function readHash(text, map) {
  let sound = true;
  const keep = (value, known) => {
    if (known.includes(value)) return true;
    sound = false;
    return false;
  };
  const parts = new Map(text.replace(/^#/, '').split('&').filter(Boolean).map(part => [part.split('=')[0], part.split('=').slice(1).join('=')]));
  clearFilters();
  state.earlier = parts.get('old') === '1';
  state.disputed = parts.get('disp') === '1';
  for (const group of FILTERS) {
    if (!parts.has(GROUP_KEYS[group])) continue;
    const known = knownValues(group);
    const on = parts.get(GROUP_KEYS[group]).split(',').filter(Boolean).map(decoded).filter(value => keep(value, known));
    state.off[group] = new Set(known.filter(value => !on.includes(value)));
  }
  const language = decoded(parts.get('l') || '');
  state.language = language && keep(language, languages()) ? language : '';
  state.view = parts.get('view') === 'table' ? 'table' : 'map';
  const event = decoded(parts.get('e') || '');
  state.selected = event && keep(event, [...data.byId.keys()]) ? event : null;
  state.group = null;
  for (const key of state.reference.keys()) state.reference.set(key, true);
  for (const name of (parts.get('ref') || '').split(',').filter(Boolean).map(part => decoded(part.slice(1)))) {
    if (keep(name, [...state.reference.keys()])) state.reference.set(name, false);
  }
  const spot = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(parts.get('m') || '');
  if (spot) {
    map.touched = true;
    map.setView([Number(spot[2]), Number(spot[3])], Number(spot[1]), {animate: false});
  } else if (parts.has('m')) {
    sound = false;
  }
  writing = text;
  const known = ['v', 'm', 'disp', 'old', 'l', 'view', 'e', 'ref', ...Object.values(GROUP_KEYS)];
  return sound && [...parts.keys()].every(key => known.includes(key));
}
