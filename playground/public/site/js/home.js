import { listArticles, listWhitePapers } from './lib/api.js';
import { articleCard, paperCard } from './lib/cards.js';
import { cover } from './lib/cover.js';
import { byId, el, link } from './lib/dom.js';
import { load, startPage } from './lib/page.js';
import { keepRecommended } from './lib/recommended.js';

const LANGUAGES = { en: 'English', it: 'Italiano' };
const asked = new URLSearchParams(location.search).get('locale');
const locale = asked in LANGUAGES ? asked : 'en';

startPage();
byId('hero-art').append(cover('Altura', 'welcome'));
byId('languages').append(
  ...Object.entries(LANGUAGES).map(([code, name]) =>
    el(
      'a',
      {
        href: `${link('./', { locale: code })}#journal`,
        lang: code,
        'aria-current': code === locale ? 'true' : null,
      },
      name,
    ),
  ),
);

keepRecommended({ locale });
load('articles-status', async () => {
  const articles = await listArticles(locale);
  if (articles.length === 0) throw new Error('no articles yet');
  byId('articles').append(...articles.map(articleCard));
});
load('papers-status', async () => {
  byId('papers').append(...(await listWhitePapers()).map(paperCard));
});
