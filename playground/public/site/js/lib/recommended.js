import { recommendations } from './api.js';
import { cover } from './cover.js';
import { byId, el, link } from './dom.js';

const HEADINGS = {
  visitor: 'For you',
  tier: 'For customers like you',
  session: 'Worth reading',
  none: 'Worth reading',
};

/** Why it is recommended, in words. */
function because({ kind, topic, title }) {
  if (kind === 'topic') return `Because you read about ${topic.toLowerCase()}`;
  if (kind === 'read-together') return `Often read with “${title}”`;
  if (kind === 'value') return 'Read by our best customers';
  if (kind === 'read-before') return 'You read it a while ago';
  if (kind === 'channel') return 'Read by others who came this way';
  return kind === 'new' ? 'New' : 'Much read';
}

function card({ kind, documentId, locale, title, reason, entry }) {
  const topic = entry?.topic ?? '';
  const isPaper = kind === 'white-paper';
  return el(
    'li',
    { class: 'card', lang: locale },
    cover(topic, documentId),
    el('p', { class: 'eyebrow' }, isPaper ? `${topic} · White paper` : topic),
    el('h3', {}, el('a', { href: link(isPaper ? 'white-paper.html' : 'article.html', { id: documentId, locale }) }, title)),
    el('p', { class: 'byline', lang: 'en' }, because(reason)),
  );
}

let asked = 0;

/**
 * Fills the part of the page that is there for recommendations, and fills it anew whenever the visitor becomes somebody else
 * or changes their mind. A page without an answer has no such part, and loses nothing else.
 *
 * @param {{ locale: string, content?: string, limit?: number }} query `content` is the key of what the page shows
 */
export async function showRecommended(query) {
  const number = ++asked;
  const place = byId('recommended');
  try {
    const { data, meta } = await recommendations({ limit: 3, 'fields[0]': 'topic', ...query });
    // Only the latest question counts.
    if (number !== asked) return;
    byId('recommended-title').textContent = HEADINGS[meta.personalised];
    byId('recommended-items').replaceChildren(...data.map(card));
    place.dataset.personalised = meta.personalised;
    place.hidden = data.length === 0;
  } catch {
    place.hidden = true;
  }
}

/** Begins to do so. */
export function keepRecommended(query) {
  addEventListener('altura:visitor', () => showRecommended(query));
  return showRecommended(query);
}
