/** What HubSpot's API takes and gives, as far as it is used here. Every value of a property is text or null. */

export interface CrmObject {
  id: string;
  properties: Record<string, string | null>;
  updatedAt: string;
  archivedAt?: string;
  associations?: Record<string, { results: { id: string; type: string }[]; paging?: Paging }>;
}

export interface Paging {
  next?: { after: string };
}

export interface ObjectPage {
  results: CrmObject[];
  paging?: Paging;
}

export interface SearchPage extends ObjectPage {
  total: number;
}

export interface BatchError {
  category: string;
  subCategory?: string;
  message: string;
  /** Such as `{ ids: ['17'] }`. */
  context?: Record<string, string[]>;
}

export interface BatchAnswer<Result = CrmObject> {
  results: Result[];
  errors?: BatchError[];
}

export interface Associated {
  from: { id: string };
  to: { toObjectId: string | number; associationTypes: { label?: string | null }[] }[];
  paging?: Paging;
}

export interface Property {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  hidden?: boolean;
  calculated?: boolean;
  hasUniqueValue?: boolean;
  showCurrencySymbol?: boolean;
}

export interface AccountInfo {
  portalId: number;
  companyCurrency: string;
  /** Of the account's time zone, in which its day begins and ends. */
  utcOffsetMilliseconds?: number;
}

export interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  /** Seconds. */
  expires_in: number;
}

/** One thing that happened, of the list that a webhook brings. */
export interface HubEvent {
  portalId: number;
  subscriptionType: string;
  /** Of the newer `object.…` events: `0-1` contacts, `0-3` deals. */
  objectTypeId?: string;
  objectId?: number;
  propertyName?: string;
  /** Of a merge. */
  primaryObjectId?: number;
  mergedObjectIds?: number[];
  /** Where a merge made a new record. */
  newObjectId?: number;
}
