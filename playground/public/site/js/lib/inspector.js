import { whoAmI } from './api.js';
import { byId, el } from './dom.js';

const contentKey = () => document.querySelector('meta[name="clv:content"]')?.content;

/** What the plugin tells of the visitor, in words. */
async function known() {
  try {
    const { known, tier, stage, arm } = await whoAmI();
    const who = known ? [tier ?? 'no tier yet', stage].filter(Boolean).join(', ') : 'nobody it knows';
    return arm ? `${who}; in the arm “${arm}”` : who;
  } catch {
    return 'no answer';
  }
}

async function rows() {
  return [
    ['Content', contentKey() ?? 'none: this page is not tracked'],
    ['Visitor', window.clv?.visitor() ?? 'none'],
    ['Consent', localStorage.getItem('clv_consent') ?? 'nothing chosen yet'],
    ['Customer', sessionStorage.getItem('altura.customer') ?? 'not signed in'],
    ['For the plugin', await known()],
  ];
}

/** Shows in the foot of the page what the tracker knows; called again whenever it changes. */
export async function inspect() {
  const place = byId('inspector');
  const facts = await rows();
  const wasOpen = place.querySelector('details')?.open;
  place.replaceChildren(
    el(
      'details',
      { class: 'inspector', open: wasOpen ? '' : null },
      el('summary', {}, 'What the tracker knows on this page'),
      el('dl', {}, ...facts.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)])),
    ),
  );
}
