// One event: its state, the claims with their sentences, what was read and why.
function sentenceNode(said, event) {
  const article = event.article;
  const text = quoted(data.texts[said.text], article.lang, 'said');
  const parts = [h('p', {class: 'sentence'}, article.digest ? text : ['“', text, '”'])];
  const notes = [article.digest ? t('digest_note') : said.span ? t('span', ...said.span) : ''];
  parts.push(h('p', {class: 'small'}, notes.filter(Boolean).join(' ')));
  if (said.around) {
    const [before, after] = said.around.map(n => n >= 0 ? quoted(data.texts[n], article.lang) : null);
    parts.push(h('details', {}, h('summary', {}, t('context')),
      h('p', {class: 'context'}, before, before ? ' ' : null, h('strong', {}, quoted(data.texts[said.text], article.lang)), after ? ' ' : null, after)));
  }
  return parts;
}

function claimNode(claim, event) {
  const bar = h('span', {class: 'bar ' + claim.stance, 'aria-hidden': 'true'});
  bar.style.setProperty('--hue', hue(claim.group));
  const about = [claim.verb ? t('verb', claim.verb) : '', claim.speaker ? t('speaker', claim.speaker) : '', claim.hedge ? t('hedged', claim.hedge) : ''].filter(Boolean).join(' · ');
  return h('div', {class: 'claim ' + claim.stance}, bar,
    h('p', {class: 'speaker'}, h('strong', {}, quoted(claim.who, 'mul')), ' ', h('span', {class: 'stance'}, t(claim.stance)),
      about ? h('span', {class: 'small'}, ' · ', quoted(about, 'mul')) : null),
    ...sentenceNode(claim.said, event));
}

function voiceNode(event) {
  return h('div', {class: 'claim voice'}, h('p', {class: 'speaker'}, h('strong', {}, t(event.article.digest ? 'summary' : 'evidence'))), ...sentenceNode(event.evidence, event));
}

function claimNodes(event) {
  const nodes = event.claims.map(claim => claimNode(claim, event));
  const covered = event.claims.some(claim => data.texts[claim.said.text].includes(data.texts[event.evidence.text]));
  if (!covered) nodes.unshift(voiceNode(event));
  return nodes;
}

function row(label, ...value) {
  return [h('dt', {}, label), h('dd', {}, ...value)];
}

function placeSentences(event) {
  if (!event.places.length) return h('p', {}, t('no_place'), '.');
  const same = new Map();
  for (const place of event.places) {
    const key = place.location + place.choices.join(' ');
    same.set(key, {...place, p: [...new Set([...(same.get(key) || {p: []}).p, ...place.p])]});
  }
  return [...same.values()].map(place => h('p', {}, patternNodes(place.location, place.p), ' ', place.choices.join(' ')));
}

const NAMES_OPEN = 4;
function namesNodes(event) {
  const numbers = [...new Set(event.places.flatMap(place => place.p))].filter(n => data.places[n].all.length);
  return numbers.map(n => {
    const languages = new Map();
    for (const row of data.places[n].all) languages.set(row[1], [...(languages.get(row[1]) || []), row]);
    const lines = [...languages].map(([lang, rows]) => h('p', {}, h('span', {class: 'small'}, languageName(lang) + ': '),
      rows.flatMap(([text, , user, status], m) => [m ? ' · ' : '', quoted(text, lang), h('span', {class: 'small'}, ' (' + [user, status].filter(Boolean).join(', ') + ')')])));
    return data.places[n].all.length > NAMES_OPEN ? h('details', {}, h('summary', {}, t('names_of', data.places[n].all.length), ' ', nameNode(n)), lines) : lines;
  });
}

function dateNodes(event) {
  const nodes = [event.date];
  if (event.dateWords) nodes.push(event.article.digest ? ' (' : ' (“', quoted(event.dateWords, event.article.lang), event.article.digest ? '; ' : '”; ', quoted(event.dateRule, 'en'), ')');
  else if (event.dateRule) nodes.push(' (', quoted(event.dateRule, 'en'), ')');
  return nodes;
}

function sourceNode(event) {
  const article = event.article;
  return h('div', {class: 'source'}, h('h3', {}, t('source_box')), h('p', {}, articleName(article)),
    article.author ? h('p', {class: 'small'}, quoted(article.author, article.lang)) : null,
    article.url ? null : h('p', {class: 'small'}, t('no_url')),
    article.digest ? h('p', {class: 'small'}, t('digest_note')) : null,
    h('p', {class: 'small hash'}, t('hash') + ': ' + article.sha));
}

function whyNode(event) {
  const parts = [];
  if (event.reasons.length) parts.push(h('h4', {}, t('rules')), h('ul', {}, event.reasons.map(reason => h('li', {}, quoted(reason, 'en')))));
  for (const place of event.places) {
    const entry = data.places[place.p[0]];
    parts.push(h('h4', {}, nameNode(place.p[0])), h('p', {class: 'small'}, t('as_written', ''), quoted(place.written, event.article.lang), ' · ', t('gazetteer_entry'), ': ', quoted(entry.id, 'mul')));
    if (!place.why) continue;
    const reasons = [...place.why.reasons, place.why.role].filter(Boolean);
    parts.push(h('ul', {}, reasons.map(reason => h('li', {}, quoted(reason, 'en')))));
    if (place.why.rivals.length) {
      parts.push(h('p', {}, t('alternatives'), ':'), h('ul', {}, place.why.rivals.map(([name, why]) => h('li', {}, quoted(name, 'mul'), why.length ? ': ' : '', quoted(why.join('; '), 'en')))));
    }
  }
  return h('details', {class: 'why'}, h('summary', {}, t('why')), ...parts);
}

function neighbours(event) {
  const order = listOrder(visible());
  const at = order.indexOf(event);
  return {previous: at > 0 ? order[at - 1] : null, next: at >= 0 && at < order.length - 1 ? order[at + 1] : null};
}

function stepButton(label, sign, event) {
  return button(sign, () => select(event.id, {focus: true}), {class: 'plain step', 'aria-label': label, disabled: !event});
}

function drawEvent(event) {
  const {previous, next} = neighbours(event);
  const names = namesNodes(event);
  byId('panel-body').replaceChildren(
    h('div', {class: 'panel-bar'}, button('← ' + t('all_events'), back, {class: 'plain'}),
      h('span', {class: 'steps'}, stepButton(t('previous'), '‹', previous), ' ', stepButton(t('next'), '›', next))),
    h('article', {class: 'event'},
      h('h2', {id: 'panel-heading', tabindex: -1}, titleNodes(event)),
      h('p', {class: 'when'}, event.date),
      h('p', {class: 'state ' + event.state}, event.stateText),
      ...claimNodes(event),
      h('dl', {}, row(t('type'), data.typeLabel.get(event.type)), row(t('location'), placeSentences(event)), row(t('date'), dateNodes(event)),
        names.length ? row(t('names'), names) : null,
        event.figures.length ? row(t('tolls'), h('ul', {}, event.figures.map(figure => h('li', {}, quoted(figure, 'en')))), event.figures.length > 1 ? h('p', {class: 'small'}, t('tolls_note')) : null) : null,
        row(t('reading_label'), t(event.reviewed ? 'reviewed' : 'machine'))),
      sourceNode(event), whyNode(event),
      h('p', {class: 'actions'}, event.places.some(place => place.lat !== undefined) ? button(t('zoom_to'), () => zoomTo(event)) : null, ' ', copyButton())));
}

// Copies the address with the state in it; where that is refused, shows it selected in a field.
function copyButton() {
  const element = button(t('copy_link'), async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      element.textContent = t('copied');
      announce(t('copied'));
      setTimeout(() => { element.textContent = t('copy_link'); }, 2000);
    } catch {
      const field = h('input', {type: 'text', readonly: true, 'aria-label': t('copy_this'), class: 'link-field'});
      field.value = location.href;
      element.replaceWith(field);
      field.select();
    }
  });
  return element;
}
