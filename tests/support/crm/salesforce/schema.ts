/** A field as `describe` tells it, with what the double itself needs to know. */
export interface Field {
  name: string;
  label: string;
  type: FieldType;
  scale: number;
  precision: number;
  length: number;
  updateable: boolean;
  /** Long texts can be read but not asked for. */
  filterable: boolean;
  /** False until somebody grants access, which is how a field made by the API begins. */
  visible: boolean;
}

export type FieldType =
  | 'id'
  | 'string'
  | 'email'
  | 'textarea'
  | 'picklist'
  | 'reference'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'currency'
  | 'double';

export interface ObjectType {
  name: string;
  /** The first three characters of its records' ids. */
  prefix: string;
  fields: Map<string, Field>;
  /** By the name before a point: the field that refers, and to what. */
  parents: Record<string, { by: string; object: string }>;
  /** By the name of a subquery: the object, and its field that refers to this one. */
  children: Record<string, { by: string; object: string }>;
}

type Spec = Record<string, FieldType | `${FieldType}!`>;

export function field(name: string, type: FieldType, change: Partial<Field> = {}): Field {
  const label = name.replace(/([a-z])([A-Z])/g, '$1 $2');
  const scale = type === 'currency' ? 2 : 0;
  const filterable = type !== 'textarea';
  const length = type === 'string' || type === 'picklist' ? 255 : type === 'textarea' ? 32_000 : 0;
  return {
    name,
    label,
    type,
    scale,
    precision: 18,
    length,
    updateable: true,
    filterable,
    visible: true,
    ...change,
  };
}

/** `!` marks what only Salesforce itself writes. */
function object(
  name: string,
  prefix: string,
  spec: Spec,
  links: Partial<Pick<ObjectType, 'parents' | 'children'>> = {},
): ObjectType {
  const system: Spec = {
    Id: 'id!',
    IsDeleted: 'boolean!',
    CreatedDate: 'datetime!',
    LastModifiedDate: 'datetime!',
    SystemModstamp: 'datetime!',
  };
  const fields = Object.entries({ ...system, ...spec }).map(([key, said]) => {
    const updateable = !said.endsWith('!');
    return field(key, said.replace('!', '') as FieldType, { updateable });
  });
  return {
    name,
    prefix,
    fields: new Map(fields.map((each) => [each.name, each])),
    parents: {},
    children: {},
    ...links,
  };
}

const PERSON: Spec = {
  FirstName: 'string',
  LastName: 'string',
  Name: 'string!',
  Email: 'email',
  LeadSource: 'picklist',
  Description: 'textarea',
  MasterRecordId: 'reference!',
};
const ACCOUNT = { Account: { by: 'AccountId', object: 'Account' } };

/** The objects of an org. @param multi whether it has several currencies */
export function objects(multi: boolean): Map<string, ObjectType> {
  const money: Spec = multi ? { CurrencyIsoCode: 'picklist' } : {};
  const all = [
    object('Organization', '00D', { Name: 'string' }),
    object('Account', '001', { Name: 'string', Industry: 'picklist', ...money }),
    object('Contact', '003', { ...PERSON, AccountId: 'reference', ...money }, { parents: ACCOUNT }),
    object('Lead', '00Q', {
      ...PERSON,
      Company: 'string',
      Industry: 'picklist',
      IsConverted: 'boolean!',
      ConvertedContactId: 'reference!',
      ...money,
    }),
    object(
      'Opportunity',
      '006',
      {
        Name: 'string',
        AccountId: 'reference',
        Amount: 'currency',
        CloseDate: 'date',
        StageName: 'picklist',
        IsClosed: 'boolean!',
        IsWon: 'boolean!',
        LeadSource: 'picklist',
        Margin__c: 'currency',
        ...money,
      },
      {
        parents: ACCOUNT,
        children: { OpportunityContactRoles: { by: 'OpportunityId', object: 'OpportunityContactRole' } },
      },
    ),
    object('OpportunityContactRole', '00K', {
      OpportunityId: 'reference!',
      ContactId: 'reference',
      Role: 'picklist',
      IsPrimary: 'boolean',
    }),
    object('Task', '00T', {
      WhoId: 'reference',
      Subject: 'string',
      Status: 'picklist',
      Priority: 'picklist',
      ActivityDate: 'date',
      Description: 'textarea',
    }),
    ...(multi ? [object('CurrencyType', '01L', { IsoCode: 'picklist', IsCorporate: 'boolean' })] : []),
  ];
  return new Map(all.map((each) => [each.name, each]));
}
