import { z } from 'zod';
import { importKind } from '../../crm/import/controller';
import { ingestBody } from '../../crm/ingest-controller';
import { mergeBody, mergesQuery } from '../../identity/merges/merges-controller';
import { jobsQuery } from '../../jobs/controller';
import { subjectSchema } from '../../privacy/subject';
import { CSV, type Operations } from '../operation';

const ROWS = 'Up to 1,000, each with the columns of the CSV files; a bad row never sinks the others.';
const ofKind = z.object({ kind: importKind });

/** Rows in, and people's data out. */
export const dataOperations: Operations = {
  'POST /api/clv/orders': { summary: 'Store orders', description: ROWS, body: ingestBody('orders') },
  'POST /api/clv/customers': {
    summary: 'Store customers',
    description: ROWS,
    body: ingestBody('customers'),
  },
  'POST /api/clv/costs': {
    summary: 'Store what marketing and sales cost',
    description: ROWS,
    body: ingestBody('costs'),
  },
  'POST /api/clv/subscriptions': {
    summary: 'Store subscriptions',
    description: ROWS,
    body: ingestBody('subscriptions'),
  },

  'POST /clv/imports/preview': {
    summary: 'What importing a file would do',
    query: ofKind,
    upload: true,
  },
  'POST /clv/imports': {
    summary: 'Import a file',
    query: ofKind,
    upload: true,
    status: 202,
    also: { 409: 'An import runs already.' },
  },
  'GET /clv/imports/template.csv': { summary: 'An empty file with its header', query: ofKind, file: CSV },
  'GET /clv/imports/:jobId/errors.csv': { summary: 'The rows that an import did not take', file: CSV },

  'GET /clv/jobs': { summary: 'Runs and imports, the latest first', query: jobsQuery },
  'GET /clv/jobs/:id': { summary: 'How a run fares' },
  'POST /clv/jobs/:id/cancel': { summary: 'Ask a run to end', status: 202 },

  'GET /clv/merges': { summary: 'Merges of people, and those suggested', query: mergesQuery },
  'POST /clv/merges': { summary: 'Merge two people', body: mergeBody, status: 201 },
  'POST /clv/merges/:id/accept': { summary: 'Merge as suggested', status: 204 },
  'POST /clv/merges/:id/dismiss': { summary: 'Dismiss a suggestion', status: 204 },
  'POST /clv/merges/:id/undo': { summary: 'Take a merge back', status: 204 },

  'POST /clv/people/export': { summary: 'Everything stored about somebody', body: subjectSchema },
  'POST /clv/people/erase': { summary: 'Remove everything about somebody', body: subjectSchema },
  'GET /clv/people/values': {
    summary: 'One person’s historical value, figure by figure',
    query: z.object({ customer: z.string().min(1) }),
  },
  'GET /clv/tracking/status': { summary: 'How tracking fares' },
};
