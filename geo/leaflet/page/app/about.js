// How the map was made, from what, under which licence, and what was refused.
function creditNode(source) {
  const facts = [source.credit, t('licence', source.licence), source.retrieved && t('retrieved', source.retrieved)].filter(Boolean);
  return h('li', {}, quoted(source.citation, 'mul'), h('span', {class: 'small'}, ' · ', quoted(facts.join(' · '), 'mul'),
    source.url ? [' · ', link(source.url, host(source.url))] : null));
}

function problemNode([message, where, remedy]) {
  return h('li', {}, quoted(message, 'en'), where ? [' · ', quoted(where, 'mul')] : null, remedy ? [' · ', quoted(remedy, 'en')] : null);
}

function drawAbout() {
  const {problems} = data;
  const refused = problems.count
    ? [h('details', {}, h('summary', {}, t('refused', problems.count)), h('ul', {}, problems.listed.map(problemNode)))]
    : [h('p', {}, t('refused_none'))];
  const noted = problems.noteCount
    ? [h('details', {}, h('summary', {}, t('noted', problems.noteCount)), h('ul', {}, problems.notes.map(problemNode)))]
    : [];
  byId('about-body').replaceChildren(
    data.subtitle ? h('p', {}, quoted(data.subtitle, 'mul')) : '',
    h('h3', {}, t('method')), h('p', {}, t('method_text')),
    h('h3', {}, t('rule_heading')), h('p', {}, t('rule_text')), h('p', {}, data.disclaimer),
    h('h3', {}, t('articles_heading')), h('ul', {}, data.articles.map(article => h('li', {}, articleName(article), article.digest ? h('span', {class: 'small'}, ' · ' + t('digest_note')) : null))),
    h('h3', {}, t('sources_heading')),
    h('ul', {}, data.packs.map(pack => h('li', {}, t('gazetteer') + ': ', quoted(pack.title, 'mul'), h('span', {class: 'small'}, ' · ', quoted(t('licence', pack.licence), 'mul')))), data.sources.map(creditNode)),
    data.digest ? h('p', {class: 'small hash'}, t('gazetteer_digest') + ': ', data.digest) : '',
    ...refused, ...noted, h('p', {class: 'small'}, t('version', data.version)));
}
