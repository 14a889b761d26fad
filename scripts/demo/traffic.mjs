// Sends the simulated month through the real HTTP endpoints, as browsers and front ends would.
import jwt from 'jsonwebtoken';
import { progressBar } from './progress.mjs';

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const AT_ONCE = 8;
const TIMEOUT = 30_000;

/** Runs `task` over all values, a few at a time. */
async function inParallel(values, task) {
  const queue = values[Symbol.iterator]();
  const worker = async () => {
    for (const value of queue) await task(value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function request(url, { headers, ...init } = {}) {
  const answer = await fetch(url, {
    ...init,
    headers: { 'user-agent': BROWSER, ...headers },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function post(url, body) {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

/** Every visit of the month is one batch, in order of time; then those who are known sign in, with a signed token. */
export async function sendTraffic(url, { visitors }, secret) {
  const batches = visitors
    .flatMap(({ key, visits }) => visits.map((visit) => ({ key, ...visit })))
    .sort((a, b) => a.at - b.at);
  const bar = progressBar('Sending a month of traffic', batches.length);
  await inParallel(batches, async ({ key, events }) => {
    const answer = await post(`${url}/api/clv/collect`, { visitor: key, sentAt: Date.now(), events });
    if (answer.accepted !== events.length) {
      throw new Error(
        `collect took ${answer.accepted} of ${events.length} events: ${JSON.stringify(answer.rejected[0])}`,
      );
    }
    bar();
  });

  const known = visitors.filter(({ customer }) => customer);
  const signIn = progressBar('Signing in those who are customers', known.length);
  await inParallel(known, async ({ key, customer }) => {
    const token = jwt.sign({ sub: customer.customer_id, email: customer.email }, secret, { expiresIn: '5m' });
    const { linked, reason } = await post(`${url}/api/clv/identify`, { visitor: key, token });
    if (!linked) throw new Error(`identify did not link ${key}: ${reason}`);
    signIn();
  });
}

/**
 * On a real site people sign in over time, and only what was known of them then can teach predictions; here all of them
 * signed in just now. So each is taken to have signed in with their first visit.
 */
export async function spreadSignIns(strapi) {
  await strapi.db.connection.raw(
    `UPDATE clv_visitor_links SET linked_at = (
      SELECT MIN(t.occurred_at) FROM clv_touches t WHERE t.visitor_key = clv_visitor_links.visitor_key)
    WHERE EXISTS (SELECT 1 FROM clv_touches t WHERE t.visitor_key = clv_visitor_links.visitor_key)`,
  );
}

/** What happens today, without the browser script: content reads by a front end that passes the visitor on, and downloads. */
export async function sendToday(url, { visitors }, items) {
  const readers = visitors.filter(({ customer }) => !customer).slice(0, 60);
  const articles = items.filter(({ kind, locale }) => kind === 'article' && locale === 'en');
  const papers = items.filter(({ kind }) => kind === 'white-paper');
  const bar = progressBar('Reading and downloading today', readers.length);
  await inParallel(readers.entries(), async ([i, { key }]) => {
    const headers = { 'x-clv-visitor': key };
    const article = articles[i % articles.length];
    await (await request(`${url}/api/articles/${article.documentId}?locale=en`, { headers })).arrayBuffer();
    if (i % 4 === 0) {
      const paper = papers[i % papers.length];
      await (await request(`${url}/api/clv/download/${paper.documentId}`, { headers })).arrayBuffer();
    }
    bar();
  });
}
