import jsforce, { type Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { salesforceDouble } from '../support/crm/salesforce/double';
import { CLIENT_ID, CLIENT_SECRET } from '../support/crm/salesforce/sign-in';

/*
 * Many programs talk to Salesforce by jsforce. That it works with our double as well shows that the double is not made
 * for our connector alone.
 */

let double: Awaited<ReturnType<typeof salesforceDouble>>;
let connection: Connection;
beforeEach(async () => {
  double = await salesforceDouble();
  const { url } = double.server;
  connection = new jsforce.Connection({
    loginUrl: url,
    version: '66.0',
    oauth2: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, loginUrl: url },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
});
afterEach(() => double.close());

const person = (i: number) => ({ email: `p${i}@example.com`, name: `Person ${i}`, createdAt: Date.now() });
const people = (count: number) => double.addCustomers(Array.from({ length: count }, (_, i) => person(i)));

describe('jsforce and the double of Salesforce', () => {
  test('it signs in, and a wrong secret is refused', async () => {
    expect(connection.instanceUrl).toBe(double.server.url);
    const wrong = new jsforce.Connection({
      loginUrl: double.server.url,
      oauth2: { clientId: CLIENT_ID, clientSecret: 'no', loginUrl: double.server.url },
    });
    await expect(wrong.authorize({ grant_type: 'client_credentials' })).rejects.toThrow(
      'invalid client credentials',
    );
  });

  test('it reads every page of a query, one by one or by itself', async () => {
    const ids = await people(12);
    const soql = 'SELECT Id, Email, Account.Name FROM Contact ORDER BY Id ASC';
    const found: string[] = [];
    let result = await connection.query<{ Id: string }>(soql);
    expect(result.totalSize).toBe(12);
    found.push(...result.records.map(({ Id }) => Id));
    while (!result.done) {
      result = await connection.queryMore<{ Id: string }>(result.nextRecordsUrl!);
      found.push(...result.records.map(({ Id }) => Id));
    }
    expect(found).toEqual(ids);
    const whole = await connection.query(soql, { autoFetch: true, maxFetch: 100 });
    expect(whole.records).toHaveLength(12);
    expect(connection.limitInfo.apiUsage?.limit).toBe(15_000);
  });

  test('it finds by condition, with deleted records where it asks for them', async () => {
    const [one, two] = await people(2);
    await double.removeCustomer(two!);
    const where = "SELECT Id FROM Contact WHERE Email LIKE 'p%' AND (IsDeleted = TRUE OR Name = 'Person 0')";
    expect((await connection.query(where)).records.map(({ Id }) => Id)).toEqual([one]);
    expect((await connection.query(where, { scanAll: true })).totalSize).toBe(2);
    const found = await connection.sobject('Contact').find({ Email: "o'neil@example.com" }, ['Id']).execute();
    expect(found).toEqual([]);
  });

  test('it reads an opportunity with its contacts', async () => {
    const [one] = await people(1);
    await double.addDeals([
      { customers: [one!], amount: 10, currency: 'EUR', won: true, wonAt: Date.now(), createdAt: Date.now() },
    ]);
    const { records } = await connection.query(
      'SELECT Id, Amount, (SELECT ContactId FROM OpportunityContactRoles) FROM Opportunity WHERE IsWon = TRUE',
    );
    expect(records).toMatchObject([
      { Amount: 10, OpportunityContactRoles: { records: [{ ContactId: one }] } },
    ]);
  });

  test('it updates a collection, and each record that fails says why', async () => {
    const ids = await people(200);
    await double.removeCustomer(ids[7]!);
    const results = await connection.update(
      'Contact',
      ids.map((Id) => ({ Id, LeadSource: 'Web' })),
    );
    expect(results.filter(({ success }) => success)).toHaveLength(199);
    expect(results[7]).toMatchObject({ success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] });
    expect(double.salesforce.org.row(ids[199]!)!.LeadSource).toBe('Web');
  });

  test('it describes an object, and makes a field by the Tooling API', async () => {
    const { fields } = await connection.describe('Opportunity');
    expect(fields.find(({ name }) => name === 'Amount')).toMatchObject({ type: 'currency', scale: 2 });
    const made = await connection.tooling.sobject('CustomField').create({
      FullName: 'Contact.Shoe_Size__c',
      Metadata: { label: 'Shoe size', type: 'Number', precision: 3, scale: 1 },
    });
    expect(made.success).toBe(true);
    const again = await connection.describe('Contact');
    expect(again.fields.map(({ name }) => name)).toContain('Shoe_Size__c');
  });

  test.each([
    ['SELECT Id, Nonsense FROM Contact', 'INVALID_FIELD'],
    ['SELECT Id FROM Nonsense', 'INVALID_TYPE'],
    ['SELECT Id FROM Contact WHERE', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Contact; DELETE', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
    ["SELECT Id FROM Contact WHERE Name = 'it's'", 'MALFORMED_QUERY'],
    ["SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01T00:00:00Z'", 'INVALID_FIELD'],
    ["SELECT Id FROM Contact WHERE Description = 'long'", 'INVALID_FIELD'],
    ['SELECT Id, (SELECT Id FROM Nonsenses) FROM Opportunity', 'INVALID_FIELD'],
  ])('it is told what is wrong with %s', async (soql, errorCode) => {
    await people(1);
    await expect(connection.query(soql)).rejects.toMatchObject({ errorCode });
  });

  test('it is held to the limits: a token that ran out, a collection that is too large, a day that is spent', async () => {
    const ids = await people(201);
    const records = ids.map((id) => ({ attributes: { type: 'Contact' }, id, LeadSource: 'Web' }));
    const send = () =>
      connection.request({ method: 'PATCH', url: '/composite/sobjects', body: JSON.stringify({ records }) });
    await expect(send()).rejects.toThrow('200');
    double.salesforce.settings.used = 15_000;
    await expect(connection.query('SELECT Id FROM Contact')).rejects.toMatchObject({
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
    });
    double.salesforce.settings.used = 0;
    const { accessToken, instanceUrl } = connection;
    const plain = new jsforce.Connection({ accessToken: accessToken!, instanceUrl, version: '66.0' });
    expect((await plain.query('SELECT Id FROM Contact')).totalSize).toBe(201);
    double.expireTokens!();
    await expect(plain.query('SELECT Id FROM Contact')).rejects.toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
    });
  });
});
