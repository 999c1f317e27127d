// The filters, which are the legend: built once, then only their counts and ticks change.
const railRows = [];
const FILTER_TITLES = {by: 'claimed_by', type: 'event_type', precision: 'precision', source: 'source', reading: 'reading',
  disputed: 'disputed_only', earlier: 'earlier'};

function filterTitle(group) {
  return t(FILTER_TITLES[group]);
}

function valuesOf(group) {
  const used = new Set(data.events.flatMap(event => event.values[group]));
  if (group === 'by') return data.parties.filter(party => party.party || used.has(party.id)).map(party => [party.id, party.label, partySample(party.id), party.members]);
  if (group === 'type') return data.types.filter(([id]) => used.has(id)).map(([id, label]) => [id, label, typeSample(id)]);
  if (group === 'precision') return data.precisions.filter(([id]) => used.has(id)).map(([id, label]) => [id, label, precisionSample(id)]);
  if (group === 'source') return data.articles.map(article => [article.id, quoted(article.short, 'mul'), null]);
  return used.size > 1 ? ['machine', 'reviewed'].map(id => [id, t(id), null]) : [];
}

function tickRow({label, sample, on, change, count, members, only}) {
  const box = h('input', {type: 'checkbox', tabindex: -1});
  box.checked = on();
  box.addEventListener('change', () => { change(box.checked); refresh({filters: true}); });
  const number = h('span', {class: 'number'});
  const element = h('div', {class: 'row'}, h('label', {}, box, sample ? h('span', {class: 'sample'}, sample) : null,
    h('span', {class: 'label'}, label, members && members.length ? h('span', {class: 'members'}, quoted(members.join(', '), 'mul')) : null), ' ', number));
  if (only) {
    const named = label.textContent === undefined ? label : label.textContent;
    element.append(button(t('only'), () => { only(); refresh({filters: true}); }, {class: 'only', tabindex: -1, 'aria-label': t('only_this', named)}));
  }
  railRows.push(() => {
    box.checked = on();
    if (!count) return;
    const n = count();
    number.textContent = n;
    element.classList.toggle('zero', n === 0);
  });
  return element;
}

function groupBox(title, rows, all) {
  const buttons = all ? h('span', {class: 'all'}, button(t('all'), () => { all(true); refresh({filters: true}); }, {tabindex: -1, 'aria-label': t('all_of', title)}), ' ',
    button(t('none'), () => { all(false); refresh({filters: true}); }, {tabindex: -1, 'aria-label': t('none_of', title)})) : null;
  const box = h('div', {class: 'group', role: 'group', 'aria-label': title}, h('div', {class: 'group-head'}, h('h3', {}, title), buttons), rows);
  const first = box.querySelector('input');
  if (first) first.setAttribute('tabindex', '0');
  box.addEventListener('keydown', roveGroup);
  return box;
}

// One tab stop a group: up and down go through its ticks, right reaches the buttons of a row.
function roveGroup(press) {
  const box = press.currentTarget;
  const ticks = [...box.querySelectorAll('input')];
  const here = document.activeElement;
  const row = here.closest('.row');
  const at = ticks.indexOf(here);
  let next = null;
  if (press.key === 'ArrowDown' && at >= 0) next = ticks[Math.min(at + 1, ticks.length - 1)];
  if (press.key === 'ArrowUp' && at === 0) next = box.querySelector('.all button');
  else if (press.key === 'ArrowUp' && at > 0) next = ticks[at - 1];
  if (press.key === 'ArrowDown' && here.closest('.all')) next = ticks[0];
  if (press.key === 'ArrowRight') next = row && at >= 0 ? row.querySelector('.only') : here.nextElementSibling;
  if (press.key === 'ArrowLeft') next = row && at < 0 ? row.querySelector('input') : here.previousElementSibling;
  if (!next || !next.focus || (next.tagName !== 'BUTTON' && next.tagName !== 'INPUT')) return;
  press.preventDefault();
  if (ticks.includes(next)) ticks.forEach(tick => tick.setAttribute('tabindex', tick === next ? '0' : '-1'));
  next.focus();
}

function setOff(group, value, on) {
  if (on) state.off[group].delete(value);
  else state.off[group].add(value);
}

function filterGroup(group) {
  const values = valuesOf(group);
  if (!values.length) return null;
  const rows = values.map(([id, label, sample, members]) => tickRow({
    label, sample, members,
    on: () => !state.off[group].has(id),
    change: on => setOff(group, id, on),
    count: () => countOf(group, id),
    only: () => values.forEach(([other]) => setOff(group, other, other === id)),
  }));
  if (group === 'by') rows.push(tickRow({
    label: t('disputed_only'), on: () => state.disputed, change: on => { state.disputed = on; },
    count: () => data.events.filter(event => DISPUTED.has(event.state) && fits(event, 'disputed')).length,
  }), h('p', {class: 'key'}, t('ring_key')));
  return groupBox(filterTitle(group), rows, on => values.forEach(([id]) => setOff(group, id, on)));
}

function buildRail() {
  const earlier = data.events.some(event => event.background) ? groupBox(t('earlier'), tickRow({
    label: t('earlier_row'), on: () => state.earlier, change: on => { state.earlier = on; },
    count: () => data.events.filter(event => event.background && fits(event, 'earlier')).length,
  })) : null;
  const reference = referenceRows();
  for (const [key] of reference) if (!state.reference.has(key)) state.reference.set(key, true);
  const layers = groupBox(t('reference'), reference.map(([key, label]) => tickRow({
    label, sample: key === 'areas' ? precisionSample('near') : lineSample(key),
    on: () => state.reference.get(key), change: on => { state.reference.set(key, on); },
  })));
  const clear = button('', () => { clearFilters(); state.earlier = false; refresh({filters: true}); byId('filters-heading').focus(); }, {class: 'wide', id: 'clear', hidden: true});
  byId('rail').replaceChildren(clear, ...['by', 'type', 'precision', 'source', 'reading'].map(filterGroup).filter(Boolean),
    ...[earlier, layers, h('p', {class: 'key'}, t('rule'))].filter(Boolean));
}

function updateRail(count) {
  for (const update of railRows) update();
  const changed = changedFilters();
  byId('clear').hidden = changed === 0;
  byId('clear').textContent = t('clear', changed);
  byId('show-events').textContent = t('show_events', count);
}

// The key of the phone's third tab: the same samples without ticks.
function drawLegend() {
  const part = (title, rows) => [h('h3', {}, title), h('ul', {class: 'legend'}, rows.map(([, label, sample, members]) =>
    h('li', {}, h('span', {class: 'sample'}, sample), h('span', {}, label, members && members.length ? ': ' + members.join(', ') : null))))];
  byId('legend-body').replaceChildren(h('h2', {class: 'unseen'}, t('legend_tab')),
    ...part(t('claimed_by'), valuesOf('by')), h('p', {class: 'key'}, t('ring_key')),
    ...part(t('event_type'), valuesOf('type')), ...part(t('precision'), valuesOf('precision')),
    ...part(t('reference'), referenceRows().map(([key, label]) => [key, label, key === 'areas' ? precisionSample('near') : lineSample(key)])),
    h('p', {class: 'disclaimer'}, data.disclaimer));
}
