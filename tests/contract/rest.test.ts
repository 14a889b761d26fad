import { restDouble } from '../support/crm/rest';
import type { Flavour } from '../support/crm/rest/flavours';
import { contractSuite } from './suite';

const NO_MERGES = 'a description says nothing of merges';
const NO_TOKENS = 'its credentials do not run out';

const PAGES: Flavour = {
  auth: 'bearer',
  paging: 'page',
  times: 'iso',
  amounts: 'major',
  deleted: 'flag',
  push: 'one',
};
const CURSORS: Flavour = {
  auth: 'oauth2',
  paging: 'cursor',
  times: 'unix-ms',
  amounts: 'minor',
  deleted: 'list',
  push: 'batch',
};
const LINKS: Flavour = { ...PAGES, auth: 'query', paging: 'link-header', times: 'unix', deleted: 'unknown' };
const ADDRESSES: Flavour = { ...CURSORS, auth: 'basic', paging: 'link-body', times: 'iso' };
const OFFSETS: Flavour = { ...PAGES, auth: 'header', paging: 'offset', amounts: 'minor' };

contractSuite('REST with page numbers and a token', () => restDouble(PAGES), {
  cannot: { merges: NO_MERGES, tokens: NO_TOKENS },
});
contractSuite('REST with cursors and OAuth', () => restDouble(CURSORS), { cannot: { merges: NO_MERGES } });
contractSuite('REST with a Link header and a key in the query', () => restDouble(LINKS), {
  cannot: { merges: NO_MERGES, tokens: NO_TOKENS },
});
contractSuite('REST with addresses of pages and a password', () => restDouble(ADDRESSES), {
  cannot: { merges: NO_MERGES, tokens: NO_TOKENS },
});
contractSuite('REST with offsets and a header', () => restDouble(OFFSETS), {
  cannot: { merges: NO_MERGES, tokens: NO_TOKENS },
});
