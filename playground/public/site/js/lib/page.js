import { showAccount } from './account.js';
import { askForConsent } from './consent.js';
import { byId, el, link } from './dom.js';
import { inspect } from './inspector.js';

/** What every page has: account, consent, and links that keep the demonstration's parameters. */
export function startPage() {
  for (const anchor of document.querySelectorAll('a[href^="./"]')) {
    const [page, hash] = anchor.getAttribute('href').split('#');
    anchor.href = link(page) + (hash ? `#${hash}` : '');
  }
  askForConsent();
  showAccount();
}

/** Names the content that is shown; the tracker takes it from here. */
export function nameContent(key, title) {
  document.head.append(el('meta', { name: 'clv:content', content: key }));
  document.title = `${title} · Altura`;
  inspect();
}

function problemOf(error) {
  return error.message.endsWith('404')
    ? ['This page is gone', 'There is nothing at this address. It may have been unpublished.']
    : ['This could not be loaded', 'The server does not answer as it should. Please try again in a minute.'];
}

/** Does the work that fills the page; a failure is said where the status stood. */
export async function load(status, work) {
  try {
    await work();
    byId(status).remove();
  } catch (error) {
    const [title, text] = problemOf(error);
    const heading = document.querySelector('h1:not([hidden] *)') ? 'h3' : 'h1';
    byId(status).replaceWith(
      el(
        'div',
        { class: 'problem', role: 'alert' },
        el(heading, {}, title),
        el('p', { class: 'lead' }, text),
      ),
    );
  }
}
