/** Whose the revenue of an opportunity with several contacts is. */
export type Split = 'primary' | 'equal' | 'first';

/** An OpportunityContactRole. */
interface Role {
  ContactId: string;
  IsPrimary: boolean;
}

/** Reads the roles of an opportunity with it, the first one first. */
export const ROLES =
  '(SELECT ContactId, IsPrimary FROM OpportunityContactRoles WHERE IsDeleted = FALSE ORDER BY CreatedDate ASC, Id ASC)';

/** The contacts whose revenue an opportunity is. @param found what `ROLES` gave: null for none */
export function sharersOf(found: unknown, split: Split): string[] {
  const roles = (found as { records: Role[] } | null)?.records ?? [];
  const primary = roles.find(({ IsPrimary }) => IsPrimary);
  if (split === 'primary' && primary) return [primary.ContactId];
  const contacts = [...new Set(roles.map(({ ContactId }) => ContactId))];
  return split === 'equal' ? contacts : contacts.slice(0, 1);
}
