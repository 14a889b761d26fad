import { demoToken } from './api.js';
import { byId, el } from './dom.js';
import { inspect } from './inspector.js';

const CUSTOMERS = ['C-10003', 'C-10120', 'C-10345'];
const ITEM = 'altura.customer';

export const signedIn = () => sessionStorage.getItem(ITEM);

/** Asks the site's server for a token, which proves to the plugin who this is. */
async function signIn(customer) {
  const token = await demoToken(customer);
  const known = await window.clv?.identify(token);
  if (!known) return 'The server was not told: give consent first.';
  sessionStorage.setItem(ITEM, customer);
  return null;
}

function signInForm(render) {
  const status = el('p', { class: 'account-status', role: 'status' });
  const select = el(
    'select',
    { id: 'customer', name: 'customer' },
    ...CUSTOMERS.map((id) => el('option', { value: id }, `Customer ${id}`)),
  );
  const submit = async (event) => {
    event.preventDefault();
    status.textContent = 'Signing in …';
    try {
      const problem = await signIn(select.value);
      if (problem) status.textContent = problem;
      else render();
    } catch {
      status.textContent = 'The demonstration’s server gave no token. Is it running?';
    }
  };
  return el(
    'details',
    { class: 'account' },
    el('summary', {}, 'Sign in'),
    el(
      'form',
      { class: 'account-panel', onsubmit: submit },
      el('label', { for: 'customer' }, 'Sign in as a demo customer'),
      select,
      el('button', { type: 'submit', class: 'button' }, 'Sign in'),
      el(
        'p',
        { class: 'hint' },
        'Simulated: no password. In a real site your server signs the token after a login.',
      ),
      status,
    ),
  );
}

function signedInPanel(customer, render) {
  const signOut = () => {
    sessionStorage.removeItem(ITEM);
    window.clv?.reset();
    render();
  };
  return el(
    'p',
    { class: 'account-known' },
    el('span', {}, customer, el('span', { class: 'hint' }, ' simulated')),
    el('button', { type: 'button', class: 'link-button', onclick: signOut }, 'Sign out'),
  );
}

/** The control in the head of every page. */
export function showAccount() {
  const render = () => {
    dispatchEvent(new Event('altura:visitor'));
    const customer = signedIn();
    byId('account').replaceChildren(customer ? signedInPanel(customer, render) : signInForm(render));
    inspect();
  };
  render();
  document.addEventListener('keydown', ({ key }) => {
    const open = document.querySelector('details.account[open]');
    if (key !== 'Escape' || !open) return;
    open.open = false;
    open.querySelector('summary').focus();
  });
}
