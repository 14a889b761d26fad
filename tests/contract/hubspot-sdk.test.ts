import { Client } from '@hubspot/api-client';
import type { PublicAssociationMultiWithLabel } from '@hubspot/api-client/lib/codegen/crm/associations/v4/index';
import type {
  BatchResponseSimplePublicObjectWithErrors,
  CollectionResponseWithTotalSimplePublicObjectForwardPaging,
  SimplePublicObject,
  SimplePublicObjectBatchInput,
  SimplePublicObjectWithAssociations,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/index';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/notes/index';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
  type Property as SdkProperty,
} from '@hubspot/api-client/lib/codegen/crm/properties/index';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import type {
  Associated,
  BatchAnswer,
  CrmObject,
  Property,
  SearchPage,
} from '../../server/src/crm/connectors/hubspot/payloads';
import { type HubSpotDouble, openHubSpot } from '../support/crm/hubspot';
import { HUB_ID, TOKEN } from '../support/crm/hubspot/access';
import { all, connect } from '../support/crm/tools';

/** As JSON brings it: dates are text, and the SDK's own names stand for reserved words. */
type Json<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Json<T[Key]> }
      : T;

let double: HubSpotDouble;
let sdk: Client;
beforeEach(async () => {
  double = await openHubSpot();
  sdk = new Client({ accessToken: TOKEN, basePath: double.server.url });
});
afterEach(() => double.close());

const person = (i: number) => ({ email: `p${i}@example.com`, name: `P ${i}`, createdAt: Date.now() });

describe("HubSpot's own client against the server of these tests", () => {
  test('lists contacts, page by page', async () => {
    const ids = await double.addCustomers(Array.from({ length: 130 }, (_, i) => person(i)));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await sdk.crm.contacts.basicApi.getPage(100, after, ['email']);
      seen.push(...page.results.map(({ id }) => id));
      expect(page.results[0]!.properties.email).toMatch(/@example\.com$/);
      expect(page.results[0]!.updatedAt).toBeInstanceOf(Date);
      after = page.paging?.next?.after;
    } while (after);
    expect(seen).toEqual(ids);
    expect(seen.sort()).toEqual(
      (await all(connect(double).pullCustomers(null)))
        .flatMap(({ records }) => records.map(({ id }) => id))
        .sort(),
    );
    await double.removeCustomer(ids[0]!);
    const gone = await sdk.crm.contacts.basicApi.getPage(10, undefined, [], undefined, undefined, true);
    expect(gone.results.map(({ id }) => id)).toEqual([ids[0]]);
    expect(gone.results[0]!.archivedAt).toBeInstanceOf(Date);
  });

  test('searches, and is refused what HubSpot refuses', async () => {
    const ids = await double.addCustomers([person(1), person(2), person(3)]);
    const request = {
      filterGroups: [
        { filters: [{ propertyName: 'email', operator: FilterOperatorEnum.Eq, value: 'p2@example.com' }] },
      ],
      sorts: ['lastmodifieddate'],
      properties: ['email'],
      limit: 10,
      after: '0',
    };
    const found = await sdk.crm.contacts.searchApi.doSearch(request);
    expect([found.total, found.results[0]!.id]).toEqual([1, ids[1]]);
    await expect(sdk.crm.contacts.searchApi.doSearch({ ...request, limit: 201 })).rejects.toMatchObject({
      code: 400,
    });
    await expect(
      sdk.crm.contacts.searchApi.doSearch({ ...request, after: '9991', limit: 10 }),
    ).rejects.toMatchObject({ code: 400 });
  });

  test('makes properties, writes to them by email and by id, and reads what the connector wrote', async () => {
    const [id] = await double.addCustomers([person(1)]);
    const property = {
      ...{ name: 'favourite_tea', label: 'Tea', groupName: 'information' },
      type: PropertyCreateTypeEnum.String,
      fieldType: PropertyCreateFieldTypeEnum.Text,
    };
    const { coreApi } = sdk.crm.properties;
    expect((await coreApi.create('contacts', property)).name).toBe('favourite_tea');
    await expect(coreApi.create('contacts', property)).rejects.toMatchObject({ code: 409 });
    expect((await coreApi.getAll('contacts')).results.map(({ name }) => name)).toContain('favourite_tea');

    const input = (email: string) => ({
      id: email,
      idProperty: 'email',
      properties: { favourite_tea: 'green' },
    });
    const { batchApi } = sdk.crm.contacts;
    const upserted = await batchApi.upsert({ inputs: [input('p1@example.com'), input('new@example.com')] });
    expect(upserted.results.map(({ _new }) => _new)).toEqual([false, true]);
    expect(upserted.results[0]!.id).toBe(id);
    await expect(
      batchApi.upsert({ inputs: [input('p1@example.com'), input('p1@example.com')] }),
    ).rejects.toMatchObject({ code: 400 });

    const partly = await batchApi.update({
      inputs: [
        { id: id!, properties: { favourite_tea: 'black' } },
        { id: '999999', properties: { favourite_tea: 'black' } },
      ],
    });
    expect(partly.results.map((result) => result.id)).toEqual([id]);
    expect(partly).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] });

    await connect(double).ensureSchema();
    const read = await batchApi.read({
      inputs: [{ id: id! }],
      properties: ['clv_tier'],
      propertiesWithHistory: [],
    });
    expect(read.results[0]!.properties).toHaveProperty('clv_tier', null);
  });

  test('reads deals with their contacts, and writes notes', async () => {
    const [a, b] = await double.addCustomers([person(1), person(2)]);
    const seed = {
      customers: [b!, a!],
      amount: '12.50',
      currency: 'EUR',
      won: true,
      wonAt: 1e12,
      createdAt: 1e12,
    };
    const [dealId] = await double.addDeals([seed]);
    const page = await sdk.crm.deals.basicApi.getPage(10, undefined, ['amount'], undefined, ['contacts']);
    expect(page.results[0]!.properties.amount).toBe('12.50');
    expect(page.results[0]!.associations!.contacts!.results.map(({ id }) => id)).toContain(a);
    const { batchApi } = sdk.crm.associations.v4;
    const { results } = await batchApi.getPage('deals', 'contacts', { inputs: [{ id: dealId! }] });
    expect(results[0]!._from.id).toBe(dealId);
    const primary = results[0]!.to.find(({ associationTypes }) =>
      associationTypes.some(({ label }) => label),
    );
    expect(String(primary!.toObjectId)).toBe(b);

    const note = {
      properties: { hs_timestamp: new Date().toISOString(), hs_note_body: 'written by hand' },
      associations: [
        {
          to: { id: a! },
          types: [
            {
              associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined,
              associationTypeId: 202,
            },
          ],
        },
      ],
    };
    await sdk.crm.objects.notes.batchApi.create({ inputs: [note] });
    expect(await double.notesOf(a!)).toEqual(['written by hand']);
  });

  test('says which account it is, as the connector does', async () => {
    const response = await sdk.apiRequest({ method: 'GET', path: '/account-info/v3/details' });
    expect(String((await response.json()).portalId)).toBe(HUB_ID);
    expect((await connect(double).verify()).id).toBe(HUB_ID);
  });
});

test("payloads are what HubSpot's own client declares", () => {
  expectTypeOf<Json<SimplePublicObjectWithAssociations>['properties']>().toExtend<CrmObject['properties']>();
  expectTypeOf<Json<SimplePublicObject>>().toExtend<Omit<CrmObject, 'associations'>>();
  expectTypeOf<Json<SdkProperty>>().toExtend<Property>();
  expectTypeOf<Json<CollectionResponseWithTotalSimplePublicObjectForwardPaging>>().toExtend<
    Pick<SearchPage, 'total' | 'paging'>
  >();
  expectTypeOf<Json<BatchResponseSimplePublicObjectWithErrors>>().toExtend<
    BatchAnswer<Omit<CrmObject, 'associations'>>
  >();
  expectTypeOf<Json<PublicAssociationMultiWithLabel>>().toExtend<Associated>();
  expectTypeOf<{ id: string; properties: Record<string, string> }>().toExtend<SimplePublicObjectBatchInput>();
});
