import { readArticle } from './lib/api.js';
import { cover } from './lib/cover.js';
import { byId, el, link } from './lib/dom.js';
import { load, nameContent, startPage } from './lib/page.js';
import { minutes, prose } from './lib/prose.js';
import { keepRecommended } from './lib/recommended.js';

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

startPage();
load('status', async () => {
  const article = await readArticle(query.get('id'), query.get('locale') ?? 'en');
  show(article);
  const key = `api::article.article/${article.documentId}/${article.locale}`;
  nameContent(key, article.title);
  await keepRecommended({ locale: article.locale, content: key });
});
