// The data block, the state of the page, and which events the filters leave.
let data = null;

const state = {
  off: {by: new Set(), type: new Set(['ceasefire/agreement']), precision: new Set(), source: new Set(), reading: new Set()},
  disputed: false, earlier: false, reference: new Map(), view: 'map', selected: null, group: null, language: '',
  trail: [], shown: 100, page: 0, sort: 'date', descending: false,
};
const FILTERS = Object.keys(state.off);
const OFF_AT_START = {type: ['ceasefire/agreement']};
const DISPUTED = new Set(['contradicted', 'denied', 'both', 'sides']);

function t(key, ...values) {
  let text = data.ui[key];
  if (Array.isArray(text)) text = text[Number(values[0]) === 1 ? 0 : 1];
  return text.replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)]));
}

function readData() {
  data = JSON.parse(byId('data').textContent);
  data.party = new Map(data.parties.map(party => [party.id, party]));
  data.byId = new Map(data.events.map(event => [event.id, event]));
  data.typeLabel = new Map(data.types);
  data.precisionLabel = new Map(data.precisions);
  for (const place of data.places) place.names = new Map(place.names);
  data.events.forEach((event, number) => {
    event.number = number;
    event.article = data.articles[event.a];
    event.values = {
      by: event.by, type: [event.type], source: [event.article.id],
      precision: event.places.length ? [...new Set(event.places.map(place => place.class))] : ['none'],
      reading: [event.reviewed ? 'reviewed' : 'machine'],
    };
  });
  data.ordered = [...data.events].sort((a, b) =>
    (a.day || '9999').localeCompare(b.day || '9999') || a.number - b.number);
}

// Whether the filters leave the event; one group can be left out to count its rows.
function fits(event, except) {
  if (event.background && !state.earlier && except !== 'earlier') return false;
  if (state.disputed && except !== 'disputed' && !DISPUTED.has(event.state)) return false;
  return FILTERS.every(group => group === except || event.values[group].some(value => !state.off[group].has(value)));
}

function visible() {
  return data.ordered.filter(event => fits(event, null));
}

function countOf(group, value) {
  let count = 0;
  for (const event of data.events) if (event.values[group].includes(value) && fits(event, group)) count += 1;
  return count;
}

// How many filters differ from what the page opens with.
function changedFilters() {
  let changed = Number(state.disputed) + Number(state.earlier);
  for (const group of FILTERS) {
    const start = new Set(OFF_AT_START[group] || []);
    const same = start.size === state.off[group].size && [...start].every(value => state.off[group].has(value));
    if (!same) changed += 1;
  }
  return changed;
}

function clearFilters() {
  for (const group of FILTERS) state.off[group] = new Set(OFF_AT_START[group] || []);
  state.disputed = false;
}

function placeName(number) {
  const place = data.places[number];
  return (state.language && place.names.get(state.language)) || place.label;
}

function nameNode(number) {
  const place = data.places[number];
  const translated = state.language && place.names.has(state.language);
  return quoted(placeName(number), translated ? state.language : 'mul', 'name');
}

function joined(items) {
  return items.flatMap((item, n) => n === 0 ? [item] : [data.join[n === items.length - 1 ? 1 : 0], item]);
}

// A pattern such as "in the direction of {}" as nodes, each name an element of its own.
function patternNodes(pattern, numbers) {
  const [before, ...after] = pattern.split('{}');
  if (!after.length) return [pattern];
  return [before, ...joined(numbers.map(nameNode)), after.join('')];
}

function patternText(pattern, numbers) {
  return pattern.split('{}').join(joined(numbers.map(placeName)).join(''));
}

function titleNodes(event) {
  return [event.what, ' ', ...joined(event.where.map(([pattern, numbers]) => patternNodes(pattern, numbers)))].flat();
}

function titleText(event) {
  return event.what + ' ' + joined(event.where.map(([pattern, numbers]) => patternText(pattern, numbers))).join('');
}

let namer = null;
try {
  namer = new Intl.DisplayNames(['en'], {type: 'language'});
} catch {
  namer = null;
}

function languageName(code) {
  try {
    return (namer && namer.of(code)) || code;
  } catch {
    return code;
  }
}

function languages() {
  return [...new Set(data.places.flatMap(place => [...place.names.keys()]))].filter(code => code !== 'und').sort();
}

function hue(group) {
  return data.party.get(group).hue;
}
