import { listArticles, readArticle } from './lib/api.js';
import { articleCard } from './lib/cards.js';
import { cover } from './lib/cover.js';
import { byId, el, link } from './lib/dom.js';
import { load, nameContent, startPage } from './lib/page.js';
import { minutes, prose } from './lib/prose.js';

const LANGUAGES = { en: 'Read in English', it: 'Leggi in italiano' };
const query = new URLSearchParams(location.search);

function show(article) {
  const { documentId, locale, title, topic, body, publishedAt, localizations = [] } = article;
  byId('article').lang = locale;
  byId('topic').textContent = topic ?? '';
  byId('title').textContent = title;
  const date = new Date(publishedAt).toLocaleDateString(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
  });
  const others = localizations.map((other) =>
    el(
      'a',
      {
        href: link('article.html', { id: documentId, locale: other.locale }),
        lang: other.locale,
        hreflang: other.locale,
      },
      LANGUAGES[other.locale] ?? other.locale,
    ),
  );
  byId('byline').append(`${date} · ${minutes(body ?? '')} min`, ...others.flatMap((other) => [' · ', other]));
  byId('cover').append(cover(topic ?? '', documentId));
  byId('body').append(...prose(body ?? ''));
  byId('article').hidden = false;
}

/** Those of the same topic first. The whole list is asked for: a filter that finds one entry would count as reading it. */
async function showRelated({ documentId, locale, topic }) {
  const others = (await listArticles(locale)).filter((other) => other.documentId !== documentId);
  others.sort((a, b) => Number(b.topic === topic) - Number(a.topic === topic));
  byId('related').append(...others.slice(0, 3).map(articleCard));
  byId('more').hidden = others.length === 0;
}

startPage();
load('status', async () => {
  const article = await readArticle(query.get('id'), query.get('locale') ?? 'en');
  show(article);
  nameContent(`api::article.article/${article.documentId}/${article.locale}`, article.title);
  await showRelated(article);
});
