// Tokens on the map. A settlement is a round mark that never moves; anything larger is a named
// rectangle that may step aside, tied to its anchor by a line.
const MOVE_MAX = 62;
const NARROW_ZOOM = 9;
const OUTSIDE = 4; // a mark cut off by the edge is worse than one that covers another
let areaRenderer = null;
let areaLayer = null;
let leaders = null;
let tokenPane = null;
let tokens = [];

function prepareTokens(map) {
  map.createPane('areas').style.zIndex = 410;
  areaRenderer = L.svg({pane: 'areas', padding: 0.5});
  areaLayer = L.layerGroup().addTo(map);
  const leaderPane = map.createPane('leaders');
  leaderPane.style.zIndex = 450;
  leaders = svg('svg', {class: 'leaders', 'aria-hidden': 'true'});
  leaderPane.append(leaders);
  tokenPane = map.createPane('tokens');
  tokenPane.style.zIndex = 600;
  put(tokenPane, {role: 'group', 'aria-label': t('tokens_label')}, []);
  L.DomEvent.on(tokenPane, 'click dblclick', L.DomEvent.stopPropagation);
  tokenPane.addEventListener('keydown', roveTokens);
}

// Events that share place, class and geometry stand as one group.
function groupsOf(events) {
  const groups = new Map();
  for (const event of events) {
    for (const place of event.places) {
      if (place.lat === undefined || state.off.precision.has(place.class)) continue;
      const key = [place.p.join('+'), place.class, place.lat, place.lon, place.area].join('|');
      if (!groups.has(key)) groups.set(key, {key, place, at: [place.lat, place.lon], events: []});
      const group = groups.get(key);
      if (!group.events.includes(event)) group.events.push(event);
    }
  }
  for (const group of groups.values()) {
    const claimants = new Set(group.events.flatMap(event => event.by));
    group.hue = claimants.size === 1 ? hue([...claimants][0]) : SEVERAL;
    group.round = group.place.class === 'settlement' || group.place.class === 'exact';
    group.last = group.events.reduce((latest, event) => event.day > latest ? event.day : latest, '');
  }
  return [...groups.values()].sort((a, b) => a.last.localeCompare(b.last) || (a.key < b.key ? -1 : 1));
}

function groupLabel(group) {
  return patternText(group.place.token, group.place.p);
}

function isChosen(group) {
  if (state.group) return state.group === group.key;
  return group.events.some(event => event.id === state.selected);
}

function tokenName(group) {
  const [event] = group.events;
  const label = groupLabel(group);
  if (group.events.length === 1) {
    const what = [titleText(event), event.short, event.deny.length ? t('denied') : ''].filter(Boolean).join(', ');
    return group.round ? what : label + ': ' + what;
  }
  const denied = group.events.filter(one => one.deny.length).length;
  const many = t('events_at', group.events.length, patternText(group.place.words, group.place.p));
  return group.events.length + ' ' + label + ': ' + many + (denied ? ', ' + denied + ' ' + t('denied') : '');
}

function makeToken(group) {
  const many = group.events.length > 1;
  const mark = many ? countMark(group.events, group.round ? 36 : 26) : eventMark(group.events[0], group.round ? 32 : 26, {bare: !group.round});
  const element = h('button', {type: 'button', class: 'token ' + (group.round ? 'round' : 'area'), tabindex: -1, 'aria-label': tokenName(group)}, mark);
  if (!group.round) element.append(' ', h('span', {class: 'label'}, patternNodes(group.place.token, group.place.p)));
  element.addEventListener('click', () => openGroup(group, element));
  element.dataset.key = group.key;
  return element;
}

function openGroup(group) {
  state.trail = [{token: group.key}];
  if (group.events.length === 1) select(group.events[0].id, {focus: true});
  else showGroup(group);
}

function drawTokens(map, events) {
  const focused = tokenPane.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  areaLayer.clearLayers();
  tokens = groupsOf(events).map(group => ({group, element: makeToken(group)}));
  for (const {group} of tokens) {
    if (group.place.area === undefined || state.reference.get('areas') === false) continue;
    for (const layer of drawArea(group, isChosen(group))) areaLayer.addLayer(layer);
  }
  tokenPane.replaceChildren(...tokens.map(token => token.element));
  const first = tokens.find(token => token.group.key === focused) || tokens.find(token => isChosen(token.group)) || tokens[0];
  if (first) first.element.setAttribute('tabindex', '0');
  if (focused && first) first.element.focus({preventScroll: true});
  placeTokens(map);
}

// Greedy, in this order: round marks, the chosen rectangle, the others, names, states.
function placeTokens(map) {
  const narrow = phone.matches && map.getZoom() < NARROW_ZOOM;
  const taken = [];
  const anchors = tokens.map(token => map.latLngToLayerPoint(token.group.at));
  leaders.replaceChildren();
  for (const old of tokenPane.querySelectorAll('.place-name, .state-name')) old.remove();
  const names = state.reference.get('names') === false ? [] : placeLabels();
  const stateNames = state.reference.get('names') === false ? [] : stateLabels();
  tokens.forEach((token, n) => {
    const chosen = isChosen(token.group);
    token.element.classList.toggle('chosen', chosen);
    token.element.classList.toggle('narrow', narrow && !chosen);
  });
  // All sizes are read before anything moves: reading between moves would lay out the page each time.
  const sizes = tokens.map(({element}) => [element.offsetWidth, element.offsetHeight]);
  for (const name of [...names, ...stateNames]) name.width = name.label.offsetWidth;
  tokens.forEach((token, n) => {
    if (!token.group.round) return;
    setSpot(token, anchors[n], n);
    const across = token.group.events.length > 1 ? 42 : 34;
    taken.push(around(anchors[n], across, across));
  });
  const rectangles = tokens.map((token, n) => ({token, n})).filter(({token}) => !token.group.round)
    .sort((a, b) => Number(isChosen(b.token.group)) - Number(isChosen(a.token.group)) || b.n - a.n);
  for (const {token, n} of rectangles) placeRectangle(token, n, {anchors, taken, sizes});
  for (const name of names) settleLabel(name, anchors, taken);
  placeStates(map, stateNames, taken);
}

function setSpot(token, point, n) {
  L.DomUtil.setPosition(token.element, L.point(Math.round(point.x), Math.round(point.y)));
  token.element.style.zIndex = String(isChosen(token.group) ? 2000 : n + 1);
}

function placeRectangle(token, n, {anchors, taken, sizes}) {
  const [width, height] = sizes[n];
  const anchor = anchors[n];
  const dx = width / 2 + 20;
  const view = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize().subtract([0, covered()])));
  const near = [[0, 0], [0, -36], [0, 36], [dx, 0], [-dx, 0], [dx, -30], [-dx, -30], [dx, 30], [-dx, 30],
    [0, -MOVE_MAX], [0, MOVE_MAX], [width / 2 + MOVE_MAX - 16, -16], [-(width / 2 + MOVE_MAX - 16), 16],
    [dx, -58], [-dx, -58], [dx, 58], [-dx, 58]];
  let best = null;
  near.forEach(([x, y], order) => {
    const box = around({x: anchor.x + x, y: anchor.y + y}, width + 6, height + 6);
    let cost = order + OUTSIDE * ((width + 6) * (height + 6) - overlap(box, [view.min.x, view.min.y, view.max.x, view.max.y]));
    for (const other of taken) cost += overlap(box, other);
    anchors.forEach((other, m) => { if (m !== n && within(box, other)) cost += 60; });
    if (!best || cost < best.cost) best = {cost, box, x, y};
  });
  taken.push(best.box);
  setSpot(token, {x: anchor.x + best.x, y: anchor.y + best.y}, n);
  if (best.x || best.y) drawLeader(anchor, best, width, height);
}

function drawLeader(anchor, offset, width, height) {
  const x = Math.max(-width / 2, Math.min(width / 2, -offset.x)) + offset.x;
  const y = Math.max(-height / 2, Math.min(height / 2, -offset.y)) + offset.y;
  leaders.append(
    svg('line', {x1: anchor.x, y1: anchor.y, x2: anchor.x + x, y2: anchor.y + y, stroke: EDGE, 'stroke-width': 1}),
    svg('circle', {cx: anchor.x, cy: anchor.y, r: 2, fill: EDGE}));
}

function placeLabels() {
  const named = new Map();
  tokens.forEach(({group}, n) => {
    if (!group.round || named.has(group.place.p[0])) return;
    const label = h('span', {class: 'place-name', 'aria-hidden': 'true'}, nameNode(group.place.p[0]));
    named.set(group.place.p[0], {label, n});
    tokenPane.append(label);
  });
  return [...named.values()];
}

// Names of settlements: right, left, below or above their mark, else left out.
function settleLabel({label, n, width: text}, anchors, taken) {
  const width = text + 4;
  const side = width / 2 + 23;
  const spot = [[side, 0], [-side, 0], [0, 30], [0, -30]]
    .map(([x, y]) => ({x: anchors[n].x + x, y: anchors[n].y + y}))
    .find(point => !taken.some(other => overlap(around(point, width, 16), other) > 0));
  if (!spot) {
    label.remove();
    return;
  }
  taken.push(around(spot, width, 16));
  L.DomUtil.setPosition(label, L.point(Math.round(spot.x), Math.round(spot.y)));
}

function stateLabels() {
  const labels = [...new Map(states.map(({name, shape}) => [name, shape]))].map(([name, shape]) =>
    ({shape, label: h('span', {class: 'state-name', 'aria-hidden': 'true'}, quoted(name, 'mul'))}));
  tokenPane.append(...labels.map(({label}) => label));
  return labels;
}

function placeStates(map, labels, taken) {
  const origin = map.containerPointToLayerPoint([0, 0]);
  const onView = taken.map(box => [box[0] - origin.x, box[1] - origin.y, box[2] - origin.x, box[3] - origin.y]);
  for (const {label, shape, width} of labels) {
    const spot = stateSpot(map, shape, {x: width, y: 18}, onView);
    if (!spot) {
      label.remove();
      continue;
    }
    onView.push(spot.box);
    L.DomUtil.setPosition(label, L.point(Math.round(spot.x + origin.x), Math.round(spot.y + origin.y)));
  }
}

function around(point, width, height) {
  return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
}

function within(box, point) {
  return point.x > box[0] && point.x < box[2] && point.y > box[1] && point.y < box[3];
}

function overlap(a, b) {
  const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return wide > 0 && high > 0 ? wide * high : 0;
}

// One tab stop for all tokens: arrows go through them by date.
function roveTokens(press) {
  const at = tokens.findIndex(token => token.element === document.activeElement);
  const steps = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: tokens.length - 1};
  if (at < 0 || !(press.key in steps)) return;
  press.preventDefault();
  press.stopPropagation();
  const next = tokens[Math.max(0, Math.min(tokens.length - 1, steps[press.key]))];
  tokens[at].element.setAttribute('tabindex', '-1');
  next.element.setAttribute('tabindex', '0');
  next.element.focus();
}
