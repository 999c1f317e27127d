// The list by day, the list of one place, and the chips that say who asserts and who denies.
const STEP = 100;

function chips(event) {
  const seen = new Map();
  for (const claim of event.claims) seen.set(claim.who + '|' + claim.stance, claim);
  if (!event.by.some(group => group !== '~voice')) seen.set('', null);
  return h('span', {class: 'chips'}, [...seen.values()].map(claim => {
    if (!claim) return h('span', {class: 'chip voice'}, data.party.get('~voice').label);
    const chip = h('span', {class: 'chip ' + claim.stance}, quoted(claim.who, 'mul'), ' ', t(claim.stance));
    chip.style.borderColor = hue(claim.group);
    if (claim.stance === 'asserts') chip.style.color = hue(claim.group);
    return chip;
  }));
}

function card(event) {
  const meta = [[...new Set(event.places.map(place => data.precisionLabel.get(place.class)))].join(', ') || data.precisionLabel.get('none'), event.article.short];
  if (event.dateExact === data.rangeWord) meta.unshift(event.short);
  if (event.background) meta.push(t('background_tag'));
  const element = button('', () => {
    if (!state.selected) state.trail.push({card: event.id, group: state.group});
    select(event.id, {focus: true});
  }, {class: 'card'});
  element.append(h('span', {class: 'mark'}, eventMark(event, 32)), ' ',
    h('span', {class: 'words'}, h('span', {class: 'title'}, titleNodes(event)), ' ',
      h('span', {class: 'meta'}, meta.join(' · ')), ' ', chips(event)));
  element.dataset.event = event.id;
  return h('li', {}, element);
}

// Days as headings; what has no place follows under a heading of its own.
function dayGroups(events) {
  const groups = new Map();
  for (const event of events) {
    const placed = event.places.some(place => place.class !== 'none');
    const key = placed ? 'day|' + event.day : 'none';
    if (!groups.has(key)) groups.set(key, {heading: placed ? event.dayText : null, events: []});
    groups.get(key).events.push(event);
  }
  const rows = [...groups].filter(([key]) => key !== 'none').map(([, group]) => group);
  const none = groups.get('none');
  if (none) rows.push({heading: t('no_place') + ' (' + none.events.length + ')', events: none.events});
  return rows;
}

function listOrder(events) {
  return dayGroups(events).flatMap(group => group.events);
}

function drawCards(into, events, limit) {
  let left = limit;
  for (const {heading, events: some} of dayGroups(events)) {
    if (left <= 0) break;
    into.append(h('h3', {class: 'day'}, heading), h('ul', {class: 'cards'}, some.slice(0, left).map(card)));
    left -= some.length;
  }
  if (events.length > limit) {
    into.append(button(t('more', Math.min(STEP, events.length - limit)), () => {
      state.shown += STEP;
      refresh();
    }, {class: 'wide'}));
  }
}

function drawList(events) {
  const panel = byId('panel-body');
  panel.replaceChildren(h('h2', {class: 'unseen', id: 'panel-heading', tabindex: -1}, t('events_heading')));
  if (events.length) drawCards(panel, events, state.shown);
  else panel.append(emptyNote());
  panel.append(h('p', {class: 'disclaimer phone-only'}, data.disclaimer));
}

function drawGroup(group) {
  const panel = byId('panel-body');
  const heading = t('events_at', group.events.length, patternText(group.place.words, group.place.p));
  const body = h('div', {});
  drawCards(body, listOrder(group.events), group.events.length);
  panel.replaceChildren(
    h('div', {class: 'panel-bar'}, button('← ' + t('all_events'), back, {class: 'plain'})),
    h('h2', {id: 'panel-heading', tabindex: -1, class: 'place-heading'}, heading),
    h('p', {class: 'note'}, patternNodes(group.place.location, group.place.p), ' ', group.place.choices.join(' ')), body);
  return heading;
}

// What to say where nothing is left, and which filter takes away the most.
function emptyNote() {
  if (!data.events.length) {
    return h('div', {class: 'empty'}, h('p', {}, t('no_events', data.articles.length)),
      h('ul', {}, data.articles.map(article => h('li', {}, articleName(article)))));
  }
  const note = h('div', {class: 'empty'}, h('p', {}, t('no_match'), ' ', data.covers ? t('covers', data.covers) : ''));
  const losses = [...FILTERS, 'disputed', 'earlier'].map(group => [group, data.events.filter(event => fits(event, group)).length]);
  const [worst, count] = losses.reduce((most, one) => one[1] > most[1] ? one : most);
  if (count > 0) note.append(h('p', {}, t('removed_most', filterTitle(worst))));
  note.append(button(t('clear', changedFilters()), () => { clearFilters(); refresh(); }));
  return note;
}

function articleName(article) {
  const title = article.title ? quoted(article.title, article.lang) : quoted(article.id, article.lang);
  return [article.publisher ? [quoted(article.publisher, article.lang), ', '] : '', article.date ? article.date + ': ' : '',
    article.url ? [link(article.url, title), ' (', host(article.url), ')'] : title].flat();
}
