import { cover, paperCover } from './cover.js';
import { el, link } from './dom.js';
import { minutes, teaser } from './prose.js';

export function articleCard({ documentId, locale, title, topic, body }) {
  const text = body ?? '';
  return el(
    'li',
    { class: 'card', lang: locale },
    cover(topic ?? '', documentId),
    el('p', { class: 'eyebrow' }, topic ?? ''),
    el('h3', {}, el('a', { href: link('article.html', { id: documentId, locale }) }, title)),
    el('p', { class: 'card-teaser' }, teaser(text)),
    el('p', { class: 'byline', lang: 'en' }, `${minutes(text)} min read`),
  );
}

export function paperCard({ documentId, title, topic, summary }) {
  return el(
    'li',
    { class: 'paper-card' },
    el('div', { class: 'sheet' }, paperCover(topic ?? '', documentId)),
    el(
      'div',
      {},
      el('p', { class: 'eyebrow' }, topic ?? ''),
      el('h3', {}, el('a', { href: link('white-paper.html', { id: documentId }) }, title)),
      el('p', { class: 'card-teaser' }, summary ?? ''),
    ),
  );
}
