import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ImportKind, ImportPreview, ImportResult } from '../../../server/src/crm/api-types';
import type { Job } from '../../../server/src/jobs/api-types';
import { adminToken, editorToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';

let app: TestStrapi;
let admin: string;
/** Where Strapi's body parser stores uploads; it looks once, when it is loaded. */
const uploadFolder = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  process.env.TMPDIR = mkdtempSync(`${tmpdir()}/clv-uploads-`);
  return process.env.TMPDIR;
});
beforeAll(async () => {
  app = await startStrapi({ config: { value: { currency: 'EUR' } } });
  admin = await adminToken(app.strapi, app.url);
});
afterAll(async () => {
  await app.stop();
  rmSync(uploadFolder, { recursive: true, force: true });
});

const KINDS = ['orders', 'customers', 'costs', 'subscriptions'] satisfies ImportKind[];
const HEADER = 'order_id,customer_id,ordered_at,amount,currency';
const csv = (...lines: string[]) => [HEADER, ...lines].join('\n');

const call = (path: string, init: RequestInit = {}, token = admin) =>
  fetch(`${app.url}/clv${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });

function upload(path: string, text: string, token = admin, field = 'file'): Promise<Response> {
  const body = new FormData();
  body.append(field, new File([text], 'März.csv', { type: 'text/csv' }));
  return call(path, { method: 'POST', body }, token);
}

async function jobOf(answer: Response): Promise<Job> {
  const { jobId } = (await answer.json()) as { jobId: string };
  await app.strapi.plugin('clv').service('jobs').ended(jobId);
  return (await (await call(`/jobs/${jobId}`)).json()) as Job;
}

async function importOf(text: string, kind = 'orders') {
  const answer = await upload(`/imports?kind=${kind}`, text);
  expect(answer.status).toBe(202);
  const job = await jobOf(answer);
  return { job, result: job.result as ImportResult };
}

/** Uploads that lie about, beside the app's own folder. */
const uploads = () => readdirSync(uploadFolder).filter((name) => name !== path.basename(app.folder));

describe('a preview', () => {
  test('shows columns, the first rows and every problem, and stores nothing', async () => {
    const answer = await upload(
      '/imports/preview?kind=orders',
      `${HEADER},Colour\n1,C1,2025-01-01,10,EUR,red\n2,C1,2025-01-01,x,EUR,red\n3,C1\n`,
    );
    expect(answer.status).toBe(200);
    expect((await answer.json()) as ImportPreview).toEqual({
      kind: 'orders',
      columns: { used: HEADER.split(','), ignored: ['Colour'], missing: [] },
      sample: [
        { order_id: '1', customer_id: 'C1', ordered_at: '2025-01-01', amount: '10', currency: 'EUR' },
        { order_id: '2', customer_id: 'C1', ordered_at: '2025-01-01', amount: 'x', currency: 'EUR' },
      ],
      rows: 3,
      rejected: 2,
      problems: [
        {
          row: 3,
          field: 'amount',
          reason:
            'amount is not a number: "x"; write it like 1234.50, with a point and without thousands separators',
        },
        { row: 4, field: null, reason: 'the row has 2 values where the header has 6' },
      ],
    });
    expect(await app.strapi.db.connection('clv_orders').select('order_id')).toEqual([]);
    expect(uploads()).toEqual([]);
  });

  test('names missing columns', async () => {
    const answer = await upload('/imports/preview?kind=orders', 'order_id,total\n1,5\n');
    expect(((await answer.json()) as ImportPreview).columns).toEqual({
      used: ['order_id'],
      ignored: ['total'],
      missing: ['customer_id', 'ordered_at', 'amount', 'currency'],
    });
  });

  test('lists 200 problems at most, and counts all', async () => {
    const lines = Array.from({ length: 450 }, (_, i) => `${i},C,2025-01-01,x,EUR`);
    const preview = (await (
      await upload('/imports/preview?kind=orders', csv(...lines))
    ).json()) as ImportPreview;
    expect(preview).toMatchObject({ rows: 450, rejected: 450 });
    expect(preview.problems).toHaveLength(200);
    expect(preview.sample).toHaveLength(20);
  });
});

describe('an import', () => {
  test('is a job whose result adds up, and changes nothing the second time', async () => {
    const text = csv(
      'a1,C1,2025-01-01,10.00,EUR',
      'a2,C2,2025-01-02,20.00,EUR',
      'a3,C2,2025-01-03,-5.00,EUR',
    );
    const first = await importOf(text);
    expect(first.job).toMatchObject({ kind: 'import', status: 'done', progress: 1 });
    expect(first.result).toEqual({
      kind: 'orders',
      file: 'März.csv',
      rows: 3,
      created: 3,
      updated: 0,
      unchanged: 0,
      duplicates: 0,
      rejected: 0,
      notes: [
        'Orders of customers without a customer record: 3. They count, with no cost of acquisition or service until these customers are imported.',
      ],
    });
    expect((await importOf(text)).result).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(uploads()).toEqual([]);
  });

  test('takes the last good row of those with one id, however far apart', async () => {
    const filler = Array.from({ length: 2_500 }, (_, i) => `f${i},C1,2025-01-01,1,EUR`);
    const text = csv(
      'b1,C1,2025-01-01,1,EUR',
      ...filler,
      'b1,C1,2025-01-01,2,EUR',
      'b1,C1,2025-01-01,oops,EUR',
    );
    const { result } = await importOf(text);
    expect(result).toMatchObject({ rows: 2_503, created: 2_501, duplicates: 1, rejected: 1 });
    expect(result.notes[0]).toBe(
      'Rows whose order_id comes again further down: 1; the last one counts (replaced: rows 2).',
    );
    const row = await app.strapi.db.connection('clv_orders').where({ order_id: 'b1' }).first();
    expect(Number(row.amount)).toBe(200);
    expect((await importOf(text)).result).toMatchObject({ created: 0, updated: 0, unchanged: 2_501 });
  });

  test('keeps rejected rows for download: guarded against formulas, and without emails', async () => {
    const text = [
      'customer_id,email,channel,acquired_at,segment,Note',
      '=1+1,ada@example.com,+49,tomorrow,@SUM(A1),x',
      'bob@example.com,bob@example.com,-1,eve@example.com,"a ""quoted"", one",x',
      'C3,not an address,mail,2025-01-01,smb,x',
      'C4,dan@example.com,mail,2025-01-01,smb,x',
      'C5,too,few',
    ].join('\n');
    const { job, result } = await importOf(text, 'customers');
    expect(result).toMatchObject({ rows: 5, created: 1, rejected: 4 });
    const answer = await call(`/imports/${job.id}/errors.csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('errors.csv');
    expect((await answer.text()).split('\n')).toEqual([
      'row,field,reason,customer_id,channel,acquired_at,segment',
      `2,acquired_at,"acquired_at is not a date: ""tomorrow""; write it like 2026-01-31 or 2026-01-31T09:30:00Z",'=1+1,'+49,tomorrow,'@SUM(A1)`,
      `3,acquired_at,"acquired_at is not a date: ""(an email address)""; write it like 2026-01-31 or 2026-01-31T09:30:00Z",,'-1,,"a ""quoted"", one"`,
      '4,email,email is not an email address; correct it or leave it empty,C3,mail,2025-01-01,smb',
      '6,,the row has 3 values where the header has 6,,,,',
      '',
    ]);
    const errors = JSON.stringify(await app.strapi.db.connection('clv_job_errors').select());
    expect(errors).not.toContain('example.com');
  });

  test('of an errors file that was corrected brings the rest', async () => {
    const { job } = await importOf(csv('=c1,C1,2025-01-01,-12.x0,EUR'));
    const errors = await (await call(`/imports/${job.id}/errors.csv`)).text();
    expect(errors).toContain("'=c1");
    const { result } = await importOf(errors.replace("'-12.x0", "'-12.50"));
    expect(result).toMatchObject({ created: 1, rejected: 0 });
    const row = await app.strapi.db.connection('clv_orders').where({ order_id: '=c1' }).first();
    expect(Number(row.amount)).toBe(-1250);
  });

  test('fails with what to do when columns are missing, and leaves no file behind', async () => {
    const { job } = await importOf('order_id;customer_id\n1;2\n');
    expect(job).toMatchObject({
      status: 'failed',
      error:
        'the columns order_id, customer_id, ordered_at, amount, currency are missing. The columns must be separated by commas.',
    });
    expect(uploads()).toEqual([]);
  });

  test('of a spreadsheet is refused with how to save it', async () => {
    const { job } = await importOf('PK\u0003\u0004\u0000\u0000[Content_Types].xml');
    const error = 'the file is no CSV in UTF-8; in a spreadsheet, save it as "CSV UTF-8"';
    expect(job).toMatchObject({ status: 'failed', error });
    const preview = await upload('/imports/preview?kind=orders', '\u0000');
    expect(preview.status).toBe(400);
    expect(await preview.json()).toMatchObject({ error: { message: `The file cannot be read: ${error}.` } });
  });

  test('that is cancelled keeps what it stored, and leaves no file behind', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `k${i},C${i % 100},2025-01-01,1,EUR`);
    const started = (await (await upload('/imports?kind=orders', csv(...lines))).json()) as { jobId: string };
    await app.strapi.plugin('clv').service('jobs').cancel(started.jobId);
    await app.strapi.plugin('clv').service('jobs').ended(started.jobId);
    expect(await (await call(`/jobs/${started.jobId}`)).json()).toMatchObject({ status: 'cancelled' });
    expect(uploads()).toEqual([]);
    expect((await importOf(csv(...lines))).result).toMatchObject({ rows: 20_000, rejected: 0 });
  });

  test('cannot run beside another one', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `d${i},C${i % 100},2025-01-01,1,EUR`);
    const first = await upload('/imports?kind=orders', csv(...lines));
    expect(uploads()).toHaveLength(1);
    // Readers of the site do not wait for it.
    expect((await fetch(`${app.url}/api/articles`)).status).toBe(200);
    const second = await upload('/imports?kind=orders', csv('e1,C1,2025-01-01,1,EUR'));
    expect(first.status).toBe(202);
    expect(second.status).toBe(409);
    expect(((await second.json()) as { error: { message: string } }).error.message).toBe(
      'Another import is running. Wait until it is done or cancel it, then send the file again.',
    );
    expect((await jobOf(first)).result).toMatchObject({ created: 20_000 });
    expect(await app.strapi.db.connection('clv_orders').where({ order_id: 'e1' })).toEqual([]);
  });
});

describe('a request', () => {
  test.each([
    ['/imports?kind=orders', 'files', 400, 'Send one CSV file as multipart/form-data, in the field "file".'],
    [
      '/imports?kind=touches',
      'file',
      400,
      'Say what the file holds: ?kind=orders, customers, costs or subscriptions.',
    ],
    [
      '/imports/preview',
      'file',
      400,
      'Say what the file holds: ?kind=orders, customers, costs or subscriptions.',
    ],
  ])('to %s with the field %s is told what is wrong', async (path, field, status, message) => {
    const answer = await upload(path, csv(), admin, field);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: { message: string } }).error.message).toBe(message);
    expect(uploads()).toEqual([]);
  });

  test('needs the permission to import', async () => {
    const reader = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
    const importer = await editorToken(app.strapi, app.url, ['plugin::clv.data.import']);
    expect((await upload('/imports/preview?kind=orders', csv(), reader)).status).toBe(403);
    expect((await upload('/imports/preview?kind=orders', csv(), importer)).status).toBe(200);
    expect((await upload('/imports/preview?kind=orders', csv(), 'nobody')).status).toBe(401);
    expect((await call('/imports/template.csv?kind=orders', {}, reader)).status).toBe(403);
  });

  test('for the errors of an unknown import is not found', async () => {
    expect((await call('/imports/none/errors.csv')).status).toBe(404);
  });

  test.each(KINDS)('for a template of %s gets one that imports', async (kind) => {
    const template = await (await call(`/imports/template.csv?kind=${kind}`)).text();
    expect(template.trim().split('\n')).toHaveLength(3);
    expect((await importOf(template, kind)).result).toMatchObject({ created: 2, rejected: 0 });
  });
});
