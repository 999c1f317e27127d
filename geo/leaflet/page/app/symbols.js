// The marks: shape says what happened, fill who says it, a dashed ring who denies it.
const EDGE = '#5c676e';
const SEVERAL = '#5a5148';
const GLYPHS = new Map([
  ['battle', 'M-8-5-5-8 0-3 5-8 8-5 3 0 8 5 5 8 0 3-5 8-8 5-3 0Z'],
  ['shelling/artillery', star(5, 9, 4.1)],
  ['air/drone strike', 'M0-8.5 8 7 0 3.5-8 7Z'],
  ['missile strike', 'M0-9.5 7 3 0 .2-7 3ZM-7 5.2H7V8.6H-7Z'],
  ['capture/territorial change', 'M-4.4-7.8H4.4L8.8 0 4.4 7.8H-4.4L-8.8 0Z'],
  ['violence against civilians', 'M0-8.5 8.5 0 0 8.5-8.5 0Z'],
  ['ceasefire/agreement', 'M0-8.5A8.5 8.5 0 1 0 .01-8.5ZM0-4.8A4.8 4.8 0 1 1-.01-4.8Z'],
  ['other', 'M-8-6H8V6H-8Z'],
]);

function star(points, outer, inner) {
  const corners = [];
  for (let n = 0; n < points * 2; n += 1) {
    const angle = Math.PI * n / points;
    const r = n % 2 ? inner : outer;
    corners.push((r * Math.sin(angle)).toFixed(2) + ' ' + (-r * Math.cos(angle)).toFixed(2));
  }
  return 'M' + corners.join('L') + 'Z';
}

function glyphPath(type, group) {
  const outlined = group === '~voice';
  return svg('path', {d: GLYPHS.get(type), 'fill-rule': 'evenodd', 'stroke-linejoin': 'round',
    fill: outlined ? '#ffffff' : group ? hue(group) : '#3f4a50',
    stroke: outlined ? hue(group) : null, 'stroke-width': outlined ? 1.8 : null});
}

// The glyph in a 28 unit box, in upright slices where several assert.
function glyph(type, groups) {
  if (groups.length < 2) return glyphPath(type, groups[0]);
  const width = 20 / groups.length;
  return svg('g', {}, groups.map((group, n) => svg('svg', {
    x: -10 + n * width, y: -14, width, height: 28, viewBox: [-10 + n * width, -14, width, 28].join(' '),
  }, glyphPath(type, group))));
}

function frame(size, box, ...children) {
  return svg('svg', {viewBox: [-box / 2, -box / 2, box, box].join(' '), width: size, height: size,
    'aria-hidden': 'true', focusable: 'false'}, ...children);
}

function denialHue(groups) {
  return groups.length === 1 ? hue(groups[0]) : SEVERAL;
}

// One event: a white disc with its glyph, and the dashed ring of those who deny it.
function eventMark(event, size, {bare = false} = {}) {
  const denied = event.deny.length > 0;
  return frame(size, 32,
    !bare && svg('circle', {r: 15.4, fill: '#ffffff', stroke: denied ? 'none' : EDGE, 'stroke-width': 1}),
    denied && svg('circle', {r: 14.4, fill: 'none', stroke: denialHue(event.deny), 'stroke-width': 2.2, 'stroke-dasharray': '4 2.6'}),
    glyph(event.type, event.by));
}

// Several events: a ring whose segments show who claims, with their number.
function countMark(events, size) {
  const shares = new Map(data.parties.map(party => [party.id, 0]));
  for (const event of events) for (const group of event.by) shares.set(group, shares.get(group) + 1 / event.by.length);
  const deny = [...new Set(events.flatMap(event => event.deny))];
  const length = 2 * Math.PI * 15;
  let at = 0;
  const arcs = [...shares].filter(([, share]) => share > 0).map(([group, share]) => {
    const part = share / events.length * length;
    const voice = group === '~voice';
    const arc = svg('circle', {r: 15, fill: 'none', stroke: voice ? '#7d8a92' : hue(group), 'stroke-width': voice ? 2.4 : 6,
      'stroke-dasharray': part.toFixed(2) + ' ' + (length - part).toFixed(2), transform: 'rotate(' + (at / length * 360 - 90).toFixed(1) + ')'});
    at += part;
    return arc;
  });
  return frame(size, deny.length ? 44 : 36,
    svg('circle', {r: 17.5, fill: '#ffffff'}), arcs,
    deny.length > 0 && svg('circle', {r: 20.4, fill: 'none', stroke: denialHue(deny), 'stroke-width': 2.2, 'stroke-dasharray': '4 2.6'}),
    svg('text', {y: 5, 'text-anchor': 'middle', class: 'count'}, String(events.length)));
}

function typeSample(type) {
  return frame(22, 24, glyph(type, []));
}

function partySample(group) {
  if (group === '~voice') return frame(22, 24, svg('rect', {x: -6.5, y: -6.5, width: 13, height: 13, rx: 2.5, fill: '#ffffff', stroke: hue(group), 'stroke-width': 1.8}));
  return frame(22, 24, svg('rect', {x: -7.5, y: -7.5, width: 15, height: 15, rx: 3, fill: hue(group)}));
}

const LINE = {fill: 'none', stroke: SEVERAL, 'stroke-width': 1.4};
function precisionSample(name) {
  const round = (dash, extra) => svg('circle', {...LINE, r: 8.5, fill: '#efece6', 'stroke-dasharray': dash, ...extra});
  const ticks = () => [...Array(8).keys()].map(n => svg('line', {...LINE, x1: 0, y1: -8.5, x2: 0, y2: -5, transform: 'rotate(' + n * 45 + ')'}));
  const samples = new Map([
    ['exact', () => [svg('circle', {...LINE, r: 6.5, fill: '#ffffff'}), svg('circle', {r: 2, fill: SEVERAL})]],
    ['settlement', () => [svg('circle', {...LINE, r: 6.5, fill: '#ffffff'})]],
    ['near', () => [round('2 2'), svg('circle', {r: 3, fill: '#ffffff'})]],
    ['direction', () => [round('3 2.4'), ticks()]],
    ['bearing', () => [svg('path', {...LINE, d: 'M0 8-6-7Q0-10 6-7Z', fill: '#efece6', 'stroke-dasharray': '3 2.4'})]],
    ['distance', () => [round('3 2.4'), svg('circle', {...LINE, r: 4.5, fill: '#ffffff', 'stroke-dasharray': '3 2.4'})]],
    ['between', () => [svg('path', {...LINE, d: 'M-9-3H9V3H-9Z', fill: '#efece6', 'stroke-dasharray': '3 2.4'})]],
    ['district', () => [svg('path', {...LINE, d: 'M-7-6 0-9 8-4 6 6-3 8-9 2Z', fill: '#efece6', 'stroke-dasharray': '4 3'})]],
    ['border', () => [svg('path', {...LINE, d: 'M-9 5-3-3 2 2 9-6', stroke: '#a9a39a', 'stroke-width': 5})]],
    ['line', () => [svg('path', {...LINE, d: 'M-9 2Q0-6 9-2', stroke: '#a9a39a', 'stroke-width': 5})]],
    ['region', () => [svg('path', {...LINE, d: 'M-7-6 0-9 8-4 6 6-3 8-9 2Z', 'stroke-dasharray': '5 3.4'})]],
  ]);
  return frame(22, 24, samples.has(name) ? samples.get(name)() : svg('path', {...LINE, d: 'M-6 0H6', stroke: '#7d8a92'}));
}

function lineSample(key) {
  if (!referenceLayers.has(key)) return frame(22, 24, svg('path', {...LINE, d: 'M-7 5V-5M-10-5H-4', stroke: '#56636b'}));
  const style = lineStyle(key, referenceLayers.get(key).row);
  return frame(22, 24, svg('path', {d: 'M-10 3Q-2-7 10-2', fill: style.fillColor || 'none', stroke: style.color,
    'stroke-width': style.weight, 'stroke-dasharray': style.dashArray || null}));
}
