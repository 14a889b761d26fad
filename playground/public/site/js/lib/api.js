/** Reads from Strapi. The visitor's cookie goes along, so the server sees what is read, too. */
async function get(path, query = {}) {
  const answer = await fetch(`/api/${path}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const ALL = { 'pagination[pageSize]': 100 };

export async function listArticles(locale) {
  return (await get('articles', { ...ALL, locale, sort: 'publishedAt:desc' })).data;
}

export async function readArticle(documentId, locale) {
  return (await get(`articles/${documentId}`, { locale, 'populate[localizations][fields][0]': 'locale' }))
    .data;
}

export async function listWhitePapers() {
  return (await get('white-papers', { ...ALL, sort: 'publishedAt:desc' })).data;
}

export async function readWhitePaper(documentId) {
  return (await get(`white-papers/${documentId}`, { populate: 'file' })).data;
}

/** What the plugin recommends to this visitor: `{ data, meta }`. */
export const recommendations = (query) => get('clv/recommendations', query);

/** What the plugin tells a page of its visitor: the tier, never an amount or a name. */
export const whoAmI = () => get('clv/me');

/** A token that a real site's server would sign after a login. */
export async function demoToken(customer) {
  return (await get('demo/token', { customer })).token;
}
