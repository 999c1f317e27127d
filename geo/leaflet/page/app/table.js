// The same events as a table: one row for each place of an event.
const PAGE_ROWS = 100;
const COLUMNS = [
  ['date', row => row.event.day], ['date exact', row => row.event.dateExact],
  ['type', row => row.event.type], ['place', row => row.where], ['precision', row => row.exact],
  ['by', row => row.by], ['deny', row => row.deny], ['sentence', row => row.said],
  ['source', row => row.event.article.short], ['id', row => row.event.id],
];

function speakers(event, stance) {
  return [...new Set(event.claims.filter(claim => claim.stance === stance).map(claim => claim.who))].join(', ');
}

function tableRows(events) {
  return events.flatMap(event => (event.places.length ? event.places : [null]).map(place => ({
    event, place,
    where: place ? patternText(place.words, place.p) : t('no_place'),
    exact: data.precisionLabel.get(place ? place.class : 'none'),
    by: speakers(event, 'asserts') || data.party.get('~voice').label,
    deny: speakers(event, 'denies'),
    said: data.texts[event.evidence.text],
  })));
}

function tableRow(row) {
  const {event, place} = row;
  const open = button('', () => { setView('map'); select(event.id, {focus: true}); }, {class: 'as-link'});
  open.append(data.typeLabel.get(event.type));
  const said = quoted(row.said, event.article.lang);
  return h('tr', {}, h('td', {class: 'nowrap'}, event.short), h('td', {}, event.dateExact), h('th', {scope: 'row'}, open),
    h('td', {}, place ? patternNodes(place.words, place.p) : row.where), h('td', {}, row.exact), h('td', {}, quoted(row.by, 'mul')),
    h('td', {}, quoted(row.deny, 'mul')), h('td', {class: 'long'}, event.article.digest ? said : ['“', said, '”']),
    h('td', {}, quoted(event.article.short, 'mul')), h('td', {class: 'code'}, event.id));
}

function drawTable(events) {
  const rows = tableRows(listOrder(events));
  const column = COLUMNS.findIndex(([key]) => key === state.sort);
  const value = COLUMNS[column][1];
  rows.sort((a, b) => String(value(a)).localeCompare(String(value(b)), 'en') * (state.descending ? -1 : 1) || a.event.number - b.event.number);
  const last = Math.max(0, Math.ceil(rows.length / PAGE_ROWS) - 1);
  state.page = Math.min(state.page, last);
  const from = state.page * PAGE_ROWS;
  const some = rows.slice(from, from + PAGE_ROWS);
  const titles = data.tableColumns;
  const head = COLUMNS.map(([key], n) => {
    const sort = button(titles[n], () => sortBy(key), {class: 'sort'});
    return h('th', {scope: 'col', 'aria-sort': key === state.sort ? (state.descending ? 'descending' : 'ascending') : 'none'}, sort);
  });
  const box = byId('table-body');
  box.replaceChildren(
    h('table', {}, h('caption', {id: 'table-caption', tabindex: -1}, t('table_caption')),
      h('thead', {}, h('tr', {}, head)), h('tbody', {}, some.map(tableRow))),
    h('p', {class: 'pages'}, t('page_of', rows.length ? from + 1 : 0, from + some.length, rows.length), ' ',
      last > 0 ? [button(t('page_previous'), () => turn(-1), {disabled: state.page === 0}), ' ', button(t('page_next'), () => turn(1), {disabled: state.page === last})] : null),
    h('p', {class: 'disclaimer'}, data.disclaimer));
  return rows.length;
}

function sortBy(key) {
  state.descending = state.sort === key && !state.descending;
  state.sort = key;
  state.page = 0;
  const at = COLUMNS.findIndex(([name]) => name === key);
  refresh();
  byId('table-body').querySelectorAll('.sort')[at].focus();
}

function turn(step) {
  state.page += step;
  refresh();
  byId('table-caption').focus();
}
