// The phone's bottom sheet with its three stops and tabs, and the filters as a full-screen sheet.
const STOPS = ['peek', 'half', 'full'];

function setStop(stop, say) {
  document.body.dataset.sheet = stop;
  const full = stop === 'full';
  byId('sheet-toggle').setAttribute('aria-expanded', String(full));
  byId('sheet-toggle').setAttribute('aria-label', t(full ? 'collapse' : 'expand'));
  if (say) announce(t(full ? 'expanded' : 'collapsed'));
}

function setTab(tab, focus) {
  document.body.dataset.tab = tab;
  for (const name of ['events', 'table', 'legend']) {
    const element = byId('tab-' + name);
    element.setAttribute('aria-selected', String(name === tab));
    element.setAttribute('tabindex', name === tab ? '0' : '-1');
    if (name === tab && focus) element.focus();
  }
  if (phone.matches) setView(tab === 'table' ? 'table' : 'map', {tab: true});
}

function prepareSheet() {
  byId('sheet-toggle').addEventListener('click', () => {
    if (dragged) return;
    setStop(document.body.dataset.sheet === 'full' ? 'half' : 'full', true);
  });
  const tabs = ['events', 'table', 'legend'];
  tabs.forEach((name, n) => {
    const element = byId('tab-' + name);
    element.addEventListener('click', () => setTab(name));
    element.addEventListener('keydown', press => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[press.key];
      if (step) setTab(tabs[(n + step + tabs.length) % tabs.length], true);
    });
  });
  dragSheet(byId('sheet-toggle'));
  byId('filters-open').addEventListener('click', () => openFilters(true));
  byId('filters-close').addEventListener('click', () => openFilters(false));
  byId('show-events').addEventListener('click', () => openFilters(false));
  phone.addEventListener('change', homeOfTable);
  homeOfTable();
}

// The table lives beside the map on wide screens and inside the sheet on phones.
function homeOfTable() {
  const table = byId('table-view');
  if (phone.matches) {
    byId('panel').append(table);
    byId('filters-close').before(byId('language'));
    setTab(state.view === 'table' ? 'table' : 'events');
  } else {
    byId('map-view').after(table);
    byId('about-open').before(byId('language'));
  }
}

let dragged = false;
function dragSheet(handle) {
  let from = null;
  handle.addEventListener('pointerdown', press => {
    from = press.clientY;
    dragged = false;
    handle.setPointerCapture(press.pointerId);
  });
  handle.addEventListener('pointermove', move => {
    if (from === null || Math.abs(move.clientY - from) < 30) return;
    const at = STOPS.indexOf(document.body.dataset.sheet) + (move.clientY < from ? 1 : -1);
    setStop(STOPS[Math.max(0, Math.min(2, at))]);
    from = move.clientY;
    dragged = true;
  });
  handle.addEventListener('pointerup', () => { from = null; });
}

function openFilters(open) {
  document.body.dataset.filters = open ? 'open' : '';
  byId('filters-open').setAttribute('aria-expanded', String(open));
  for (const id of ['header', 'main']) byId(id).inert = open;
  if (open) byId('filters-heading').focus();
  else byId('filters-open').focus();
}
