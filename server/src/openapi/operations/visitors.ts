import { customerQuery, recommendationsQuery } from '../../activation/recommendations/query';
import { consentBody } from '../../identity/consent-controller';
import { identifyBody } from '../../identity/identity-controller';
import { collectBody, collectEvent } from '../../tracking/events-schema';
import type { Operations } from '../operation';

const TOO_MANY = { 429: 'Too many requests; Retry-After says when the next may come.' };

/** What browsers call, and whoever speaks for one. */
export const visitorOperations: Operations = {
  'POST /api/clv/collect': {
    summary: 'Store what a visitor consumed',
    description:
      'Answered after the events are on disk. The same event sent twice counts once, by its id. JSON, also as text/plain, so that a beacon needs no preflight.',
    body: collectBody.extend({ events: collectEvent.array() }),
    status: 202,
    also: { 413: 'The body is too large.', ...TOO_MANY, 503: 'Try again: the buffer is full.' },
  },
  'GET /api/clv/tracker.js': { summary: 'The tracker’s script', file: 'text/javascript; charset=utf-8' },
  'POST /api/clv/identify': {
    summary: 'Say who uses this browser, with proof',
    description:
      'The proof is a signed token, or a bearer: a users-permissions login or an API token with plugin::clv.identity.identify.',
    body: identifyBody,
    also: TOO_MANY,
  },
  'GET /api/clv/consent': { summary: 'What the calling visitor said about consent', also: TOO_MANY },
  'POST /api/clv/consent': {
    summary: 'Keep the visitor’s choice about consent',
    body: consentBody,
    also: TOO_MANY,
  },
  'GET /api/clv/download/:documentId': {
    summary: 'Hand over the file of an entry and count the download',
    description: 'For whoever may read the entry. Ranges are served with 206.',
    file: 'application/octet-stream',
    also: { 206: 'The range that was asked for.' },
  },
  'GET /api/clv/me': {
    summary: 'What a page may know of its visitor',
    description: 'By the cookie or the x-clv-visitor header. No amount, no identity.',
    also: TOO_MANY,
  },
  'GET /api/clv/recommendations': {
    summary: 'Items for this visitor, by the value that showing each is expected to go with',
    description: 'Always an answer; only entries that whoever asks may find.',
    query: recommendationsQuery,
    also: TOO_MANY,
  },
  'GET /api/clv/recommendations/customer': {
    summary: 'The same for a customer whom a program names',
    query: customerQuery,
  },
  'GET /api/clv/openapi.json': { summary: 'This document' },
};
