/*
 * HubSpot names its versions by date: a new one each March and September, each kept for 18 months. `v3` and `v4` are
 * the older names of the same resources.
 */

export const API_VERSION = '2026-03';

export type ObjectType = 'contacts' | 'deals' | 'notes';

export const paths = {
  account: `/account-info/${API_VERSION}/details`,
  /** Records, and `search`, `batch/read`, `batch/update` or `batch/create` of them. */
  objects: (type: ObjectType, action?: string) =>
    `/crm/objects/${API_VERSION}/${type}${action ? `/${action}` : ''}`,
  properties: (type: ObjectType) => `/crm/properties/${API_VERSION}/${type}`,
  groups: (type: ObjectType) => `/crm/properties/${API_VERSION}/${type}/groups`,
  associations: (from: ObjectType, to: ObjectType) =>
    `/crm/associations/${API_VERSION}/${from}/${to}/batch/read`,
  token: '/oauth/v1/token',
};
