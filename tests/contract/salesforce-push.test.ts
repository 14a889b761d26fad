import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorTools } from '../../server/src/crm/connector';
import { type SalesforceDouble, salesforceDouble } from '../support/crm/salesforce/double';
import { connectorTo, failure, insight, note, person } from '../support/crm/salesforce/seeds';

let double: SalesforceDouble;
beforeEach(async () => {
  double = await salesforceDouble();
});
afterEach(() => double.close());

const connector = (options?: Record<string, unknown>, tools?: Partial<ConnectorTools>) =>
  connectorTo(double, options, tools);

const asked = (path: string) => double.server.log.filter((entry) => entry.path.includes(path));

describe('what is written to Salesforce', () => {
  test('contacts and leads in any order get each what is theirs', async () => {
    const { org } = double.salesforce;
    const one = connector({ records: 'contacts and leads' });
    await one.ensureSchema();
    const ids = Array.from({ length: 40 }, (_, i) =>
      org.insert(i % 2 ? 'Lead' : 'Contact', { Name: `N${i}` }),
    );
    const results = await one.pushInsights(ids.map((id, i) => insight(id, { tier: `tier ${i}` })));
    expect(results.every(({ ok }) => ok)).toBe(true);
    for (const [i, id] of ids.entries()) expect(org.row(id)!.clv_tier__c).toBe(`tier ${i}`);
  });

  test('a record that is held is tried later, a lead that was converted never again', async () => {
    const { org, settings } = double.salesforce;
    const one = connector({ records: 'contacts and leads' });
    await one.ensureSchema();
    const [held, fine] = await double.addCustomers([person(1), person(2)]);
    const lead = org.insert('Lead', { Name: 'Lena', IsConverted: true, ConvertedContactId: fine! });
    settings.locked.add(held!);
    const [first, second, third] = await one.pushInsights([insight(held!), insight(lead), insight(fine!)]);
    expect(first).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(second).toMatchObject({ ok: false, gone: true, error: { kind: 'permanent' } });
    expect(third).toEqual({ ok: true });
  });

  test('text is cut to its field, numbers are rounded to theirs, times are times', async () => {
    const one = connector();
    await one.ensureSchema();
    const [id] = await double.addCustomers([person(1)]);
    const at = Date.UTC(2026, 10, 20, 8, 30);
    const values = { last_content: 'x'.repeat(300), p_alive: 0.123456, predicted: 10.005, next_order_at: at };
    expect(await one.pushInsights([insight(id!, values)])).toEqual([{ ok: true }]);
    const kept = (await double.insightsOf(id!))!;
    expect(String(kept.last_content)).toHaveLength(255);
    expect(kept).toMatchObject({ p_alive: 0.1235, next_order_at: '2026-11-20T08:30:00.000Z' });
  });

  test('no rule of the org hands the record to somebody else or stops it as a duplicate', async () => {
    const one = connector();
    await one.ensureSchema();
    const [id] = await double.addCustomers([person(1)]);
    await one.pushInsights([insight(id!)]);
    expect(asked('/composite/sobjects')[0]!.headers).toMatchObject({
      'sforce-auto-assign': 'FALSE',
      'sforce-duplicate-rule-header': 'allowSave=true',
    });
  });

  test('a note whose answer was lost stands once, however long its title', async () => {
    const one = connector();
    const [id] = await double.addCustomers([person(1)]);
    await one.verify();
    double.server.only = ({ method }) => method === 'POST';
    double.server.faults = [{ kind: 'lost' }];
    expect((await failure(one.pushNotes!([note(id!, 'download-1')]))).kind).toBe('transient');
    expect(await one.pushNotes!([note(id!, 'download-1')])).toEqual([{ ok: true }]);
    const [title, ...others] = await double.notesOf(id!);
    expect(others).toEqual([]);
    expect(title).toHaveLength(255);
  });

  test('a note that somebody deleted does not come back', async () => {
    const one = connector();
    const [id] = await double.addCustomers([person(1)]);
    await one.pushNotes!([note(id!, 'download-1')]);
    const { org } = double.salesforce;
    org.remove(org.rows('Task')[0]!.Id);
    await one.pushNotes!([note(id!, 'download-1')]);
    expect(org.rows('Task')).toHaveLength(1);
  });

  test('a note on a contact who is no more says so', async () => {
    const one = connector();
    const [gone, there] = await double.addCustomers([person(1), person(2)]);
    await double.removeCustomer(gone!);
    const results = await one.pushNotes!([note(gone!, 'a'), note(there!, 'a'), note(there!, 'a')]);
    expect(results).toMatchObject([{ ok: false, gone: true }, { ok: true }, { ok: true }]);
    expect(await double.notesOf(there!)).toHaveLength(1);
  });
});
