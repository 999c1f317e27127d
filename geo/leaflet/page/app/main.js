// Puts the parts together: one state, one refresh, one live region.
let map = null;

function refresh({filters = false, push = false, rail = true} = {}) {
  const events = visible();
  byId('counts').textContent = t('events_of', events.length, data.events.length) + ' · ' + t('sources', data.articles.length);
  if (rail) {
    updateRail(events.length);
    showReference(map);
  }
  drawPanel(events);
  const open = state.selected && data.byId.get(state.selected);
  drawTokens(map, open && !events.includes(open) ? [...events, open] : events);
  if (state.view === 'table') drawTable(events);
  document.body.dataset.view = state.view;
  byId('to-map').setAttribute('aria-pressed', String(state.view === 'map'));
  byId('to-table').setAttribute('aria-pressed', String(state.view === 'table'));
  if (filters) {
    state.page = 0;
    announce(t('events_of', events.length, data.events.length));
  }
  writeHash(map, push);
  countOutside(events);
}

function drawPanel(events) {
  const event = state.selected && data.byId.get(state.selected);
  const group = state.group && groupsOf(events).find(one => one.key === state.group);
  if (event) drawEvent(event);
  else if (group) drawGroup(group);
  else drawList(events);
  document.body.dataset.open = event || group ? 'one' : 'list';
}

function focusHeading() {
  byId('panel').scrollTop = 0;
  byId('panel-heading').focus({preventScroll: true});
}

function select(id, {focus = false} = {}) {
  state.selected = id;
  state.group = null;
  const event = data.byId.get(id);
  if (phone.matches) {
    setTab('events');
    if (document.body.dataset.sheet === 'peek') setStop('half');
  }
  refresh({push: true, rail: false});
  panIntoView(event);
  if (focus) focusHeading();
}

function showGroup(group) {
  state.selected = null;
  state.group = group.key;
  if (phone.matches) setTab('events');
  refresh({rail: false});
  const first = byId('panel-body').querySelector('.card');
  byId('panel').scrollTop = 0;
  if (first) first.focus({preventScroll: true});
  announce(t('events_at', group.events.length, patternText(group.place.words, group.place.p)));
}

// Back to where the event or place list was opened from; focus returns there too.
function back() {
  const last = state.trail.pop() || {card: state.selected};
  state.selected = null;
  state.group = last.group || null;
  refresh({push: true, rail: false});
  const target = last.token
    ? tokens.map(token => token.element).find(element => element.dataset.key === last.token)
    : [...byId('panel-body').querySelectorAll('.card')].find(element => element.dataset.event === last.card);
  (target || byId('panel-heading')).focus();
  announce(t('events_of', visible().length, data.events.length));
}

function setView(view, {tab = false} = {}) {
  if (state.view === view) return;
  state.view = view;
  refresh({rail: false});
  if (view === 'table') {
    announce(t('table_rows', byId('table-body').querySelectorAll('tbody tr').length));
    if (!tab) byId('table-caption').focus();
  } else {
    map.invalidateSize();
  }
}

// Outlines too large to be a view: a whole border or region would make everything else small.
const VAGUE = new Set(['region', 'line']);
function boundsOf(events) {
  const bounds = L.latLngBounds([]);
  for (const group of groupsOf(events)) {
    bounds.extend(group.at);
    const area = data.areas[group.place.area];
    if (area && !VAGUE.has(group.place.class)) bounds.extend(L.geoJSON(area).getBounds());
  }
  return bounds;
}

// What part of the map the phone's sheet covers.
function covered() {
  if (!phone.matches) return 0;
  const view = byId('map-view').getBoundingClientRect();
  return Math.max(0, view.bottom - byId('panel').getBoundingClientRect().top);
}

function fit(events, options) {
  let bounds = boundsOf(events);
  if (!bounds.isValid()) bounds = L.latLngBounds(data.box ? [[data.box[1], data.box[0]], [data.box[3], data.box[2]]] : [[-60, -170], [75, 170]]);
  fitting = true;
  map.fitBounds(bounds.pad(0.08), {paddingTopLeft: [24, 24], paddingBottomRight: [24, 24 + covered()], maxZoom: 10, animate: false, ...options});
  fitting = false;
}

function zoomTo(event) {
  map.touched = true;
  fit([event], {animate: !stillness.matches, duration: 0.2});
}

function panIntoView(event) {
  const place = event.places.find(one => one.lat !== undefined);
  if (!place || state.view === 'table') return;
  const point = map.latLngToContainerPoint([place.lat, place.lon]);
  const size = map.getSize();
  const bottom = size.y - covered();
  if (point.x > 40 && point.x < size.x - 40 && point.y > 40 && point.y < bottom - 40) return;
  map.touched = true;
  map.panBy([point.x - size.x / 2, point.y - bottom / 2], {animate: !stillness.matches, duration: 0.2});
}

function countOutside(events) {
  const size = map.getSize();
  const free = L.bounds([0, 0], [size.x, size.y - covered()]);
  const placed = events.filter(event => event.places.some(place => place.lat !== undefined));
  const outside = placed.filter(event => !event.places.some(place => place.lat !== undefined && free.contains(map.latLngToContainerPoint([place.lat, place.lon])))).length;
  byId('outside').hidden = outside === 0;
  byId('outside').textContent = t('outside', outside);
}

function prepareLanguages() {
  const select = byId('language');
  select.append(h('option', {value: ''}, t('names_both')), ...languages().map(code => h('option', {value: code}, languageName(code))));
  select.addEventListener('change', () => {
    state.language = select.value;
    refresh();
    announce(t('names_language') + ': ' + select.selectedOptions[0].textContent);
  });
}

let fitting = false;
function prepareMap() {
  map.touched = false;
  const container = map.getContainer();
  put(container, {role: 'region', 'aria-label': t('map_label')}, []);
  drawBase(map);
  prepareTokens(map);
  L.control.zoom({position: 'topright', zoomInTitle: t('zoom_in'), zoomOutTitle: t('zoom_out')}).addTo(map);
  L.control.scale({imperial: false, position: 'bottomright'}).addTo(map);
  map.on('zoomend moveend', () => {
    if (!fitting && started) map.touched = true;
    if (!started) return;
    placeTokens(map);
    countOutside(visible());
    if (map.touched) writeHash(map, false);
  });
  let width = 0;
  new ResizeObserver(() => {
    const size = container.clientWidth + 'x' + container.clientHeight;
    if (size === width) return;
    width = size;
    quietly(() => map.invalidateSize({animate: false, pan: false}));
    if (!map.touched) fit(visible());
    placeTokens(map);
  }).observe(container);
}

function quietly(act) {
  const before = fitting;
  fitting = true;
  act();
  fitting = before;
}

function prepareButtons() {
  byId('to-map').addEventListener('click', () => setView('map'));
  byId('to-table').addEventListener('click', () => setView('table'));
  byId('outside').addEventListener('click', () => {
    fit(visible());
    countOutside(visible());
  });
  byId('about-open').addEventListener('click', () => byId('about').showModal());
  byId('about-close').addEventListener('click', () => byId('about').close());
  byId('skip-table').addEventListener('click', press => {
    press.preventDefault();
    if (phone.matches) setTab('table');
    setView('table');
    byId('table-caption').focus();
  });
  byId('skip-list').addEventListener('click', press => {
    press.preventDefault();
    (byId('panel-body').querySelector('.card') || byId('panel-heading')).focus();
  });
  document.addEventListener('keydown', keys);
  addEventListener('popstate', fromAddress);
  addEventListener('hashchange', fromAddress);
}

function keys(press) {
  const inPanel = byId('panel').contains(document.activeElement) || byId('map-view').contains(document.activeElement);
  if (press.key === 'Escape') {
    if (document.body.dataset.filters === 'open') openFilters(false);
    else if (!byId('about').open && (state.selected || state.group)) back();
  }
  if (press.altKey && inPanel && state.selected && (press.key === 'ArrowLeft' || press.key === 'ArrowRight')) {
    const {previous, next} = neighbours(data.byId.get(state.selected));
    const target = press.key === 'ArrowLeft' ? previous : next;
    press.preventDefault();
    if (target) select(target.id, {focus: true});
  }
}

function fromAddress() {
  if (location.hash === writing) return;
  const sound = readHash(location.hash, map);
  byId('language').value = state.language;
  refresh();
  byId('stale').hidden = sound;
  byId('stale').textContent = sound ? '' : t('link_stale');
  if (state.selected) {
    const event = data.byId.get(state.selected);
    if (!map.touched) fit([event]);
    panIntoView(event);
    focusHeading();
  }
}

let started = false;
function start(leafletMap) {
  try {
    readData();
  } catch {
    document.body.dataset.view = 'damaged';
    byId('damaged').hidden = false;
    return;
  }
  map = leafletMap;
  prepareMap();
  buildRail();
  prepareLanguages();
  prepareButtons();
  setStop('half');
  prepareSheet();
  fit(visible());
  started = true;
  drawAbout();
  drawLegend();
  refresh();
  if (location.hash) fromAddress();
}
