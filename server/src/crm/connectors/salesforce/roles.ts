import type { Api, QueryResult, SObject } from './api';

/** Whose the revenue of an opportunity with several contacts is. */
export type Split = 'primary' | 'equal' | 'first';

/** An OpportunityContactRole. */
export interface Role {
  ContactId: string;
  IsPrimary: boolean;
}

/** Reads the roles of an opportunity with it, the first one first. */
export const ROLES =
  '(SELECT ContactId, IsPrimary FROM OpportunityContactRoles WHERE IsDeleted = FALSE ORDER BY CreatedDate ASC, Id ASC)';

/** The roles that `ROLES` gave of an opportunity, also those that did not fit into its page. */
export async function rolesOf(api: Api, { OpportunityContactRoles }: SObject): Promise<Role[]> {
  if (!OpportunityContactRoles) return [];
  return (await api.whole(OpportunityContactRoles as QueryResult)) as unknown as Role[];
}

/** The contacts whose revenue an opportunity is. */
export function sharersOf(roles: Role[], split: Split): string[] {
  const primary = roles.find(({ IsPrimary }) => IsPrimary);
  if (split === 'primary' && primary) return [primary.ContactId];
  const contacts = [...new Set(roles.map(({ ContactId }) => ContactId))];
  return split === 'equal' ? contacts : contacts.slice(0, 1);
}
