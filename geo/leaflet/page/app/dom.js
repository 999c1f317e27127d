// Elements and their text. Text enters the page only by textContent and by the attributes named here.
const ATTRIBUTES = new Set(['class', 'id', 'type', 'lang', 'dir', 'href', 'rel', 'target', 'role', 'for', 'tabindex',
  'scope', 'hidden', 'disabled', 'colspan', 'datetime', 'open', 'value', 'name', 'readonly',
  'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'aria-pressed', 'aria-selected',
  'aria-expanded', 'aria-controls', 'aria-sort', 'aria-current', 'aria-disabled',
  'viewBox', 'width', 'height', 'x', 'y', 'd', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill-rule',
  'transform', 'cx', 'cy', 'r', 'x1', 'y1', 'x2', 'y2', 'rx', 'text-anchor', 'focusable', 'stroke-linejoin']);

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (!ATTRIBUTES.has(name)) throw new Error('attribute not on the list: ' + name);
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

function h(tag, attributes, ...children) {
  return put(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return put(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

function button(label, act, attributes) {
  const element = h('button', {type: 'button', ...attributes}, label);
  element.addEventListener('click', act);
  return element;
}

// A piece of somebody's text, kept apart from the direction of the words around it.
function quoted(text, lang, className) {
  return h('bdi', {lang: lang || null, dir: 'auto', class: className || null}, text);
}

// A link where the address is plain http or https; else the words alone.
function link(address, label) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return label;
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return label;
  return h('a', {href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow'}, label);
}

function host(address) {
  try {
    return new URL(address).hostname;
  } catch {
    return '';
  }
}

let announcing = 0;
function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => { byId('live').textContent = text; }, 400);
}

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const phone = matchMedia('(max-width: 820px)');
