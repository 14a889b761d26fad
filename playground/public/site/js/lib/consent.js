import { byId, el } from './dom.js';
import { inspect } from './inspector.js';

const isRequired = () => document.querySelector('script[data-consent]').dataset.consent === 'required';
const wasAsked = () => localStorage.getItem('clv_consent') !== null;

function openBanner() {
  if (document.querySelector('.consent')) return;
  const choose = (state) => async () => {
    banner.remove();
    await window.clv?.consent(state);
    dispatchEvent(new Event('altura:visitor'));
    inspect();
  };
  const banner = el(
    'section',
    { class: 'consent', 'aria-labelledby': 'consent-title' },
    el('h2', { id: 'consent-title' }, 'May we count what you read?'),
    el(
      'p',
      {},
      'With your consent we keep a random key in a cookie and note which articles you read, so that we learn which ones help our customers. Nothing leaves this site.',
    ),
    el(
      'p',
      { class: 'actions' },
      el('button', { type: 'button', class: 'button', onclick: choose('granted') }, 'Allow'),
      el('button', { type: 'button', class: 'button', onclick: choose('denied') }, 'Decline'),
    ),
  );
  document.querySelector('.skip-link').after(banner);
}

/** Asks where consent is required and nothing was chosen; the foot of the page lets change one's mind. */
export function askForConsent() {
  if (isRequired() && !wasAsked()) openBanner();
  byId('privacy-choices').addEventListener('click', () => {
    openBanner();
    document.querySelector('.consent button').focus();
  });
}
