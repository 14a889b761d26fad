import { byId, el } from './dom.js';

const contentKey = () => document.querySelector('meta[name="clv:content"]')?.content;

function rows() {
  return [
    ['Content', contentKey() ?? 'none: this page is not tracked'],
    ['Visitor', window.clv?.visitor() ?? 'none'],
    ['Consent', localStorage.getItem('clv_consent') ?? 'nothing chosen yet'],
    ['Customer', sessionStorage.getItem('altura.customer') ?? 'not signed in'],
  ];
}

/** Shows in the foot of the page what the tracker knows; called again whenever it changes. */
export function inspect() {
  const place = byId('inspector');
  const wasOpen = place.querySelector('details')?.open;
  place.replaceChildren(
    el(
      'details',
      { class: 'inspector', open: wasOpen ? '' : null },
      el('summary', {}, 'What the tracker knows on this page'),
      el('dl', {}, ...rows().flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)])),
    ),
  );
}
