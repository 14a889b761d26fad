import { configOf } from '../config';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import { consentStates } from '../tracking/consent';
import { attachEmails, type PersonEmail } from './attach-emails';
import { type ConsentStatement, readConsent, setConsent } from './consents';
import { hashEmail } from './email-hash';
import { type EmailKey, loadEmailKey } from './email-key';
import { ensureCustomers } from './ensure-customers';
import { type Identified, identify } from './identify';
import { IdentityError } from './identity-error';
import { acceptMerge, dismissMerge, type MergeState, mergePersons, undoMerge } from './merges/decide-merge';
import { listMerges } from './merges/list-merges';
import type { Claim } from './resolve-person';

/** Whom to identify; at least one of the three identifiers, each proven. */
export interface Who {
  customerId?: string;
  /** Of users-permissions: its documentId. */
  userId?: string;
  email?: string;
}

export type IdentityService = ReturnType<typeof identityService>;

/** Who is who: persons, their identifiers and browsers, merges, and what visitors say about consent. */
export function identityService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  let emailKey: EmailKey = { refused: 'Emails cannot be hashed before the plugin has booted.' };

  /** @throws IdentityError when there is no key to hash with; its message says what to configure */
  const hash = (email: string): string => {
    if ('refused' in emailKey) throw new IdentityError(400, emailKey.refused);
    return hashEmail(emailKey.key, email);
  };

  /** Strongest first. An email that cannot be hashed is left out when a stronger identifier is there. */
  function claimsOf({ customerId, userId, email }: Who): [Claim, ...Claim[]] {
    const claims: Claim[] = [];
    if (customerId) claims.push({ namespace: 'customer', value: customerId });
    if (userId) claims.push({ namespace: 'user', value: userId });
    if (email && (claims.length === 0 || !('refused' in emailKey))) {
      claims.push({ namespace: 'email', value: hash(email) });
    }
    if (claims.length === 0) {
      throw new IdentityError(400, 'Nobody is named: give a customer id, a user id or an email.');
    }
    return claims as [Claim, ...Claim[]];
  }

  async function tellOfMerge(id: string): Promise<void> {
    const merge = await knex()('clv_merges').where({ id }).first('from_person', 'into_person');
    if (merge) tell(strapi, { personIds: [merge.from_person, merge.into_person] });
  }

  return {
    /** Takes or makes the key of the email hashes; called once at boot. */
    async open(): Promise<void> {
      emailKey = await loadEmailKey(strapi);
    },

    hashEmail: hash,

    /** Records who somebody proved to be. The caller answers for the proof. @throws IdentityError */
    async identify({
      visitorKey,
      source,
      at,
      ...who
    }: Who & { visitorKey?: string; source: string; at?: number }): Promise<Identified> {
      const { mode } = configOf(strapi).consent;
      const identified = await identify(knex(), mode, { visitorKey, claims: claimsOf(who), source, at });
      // A browser may have changed hands.
      const visitorKeys = visitorKey && identified.visitorLinked ? [visitorKey] : [];
      tell(strapi, { visitorKeys, personIds: identified.personId ? [identified.personId] : [] });
      return identified;
    },

    /**
     * The person of each customer id, made when there is none yet.
     *
     * @param emailHashes by customer id: a new customer whose email a person without a customer id has, is that person
     * @returns person ids as records keep them, before merges (`clv_persons.canonical_id` follows those)
     */
    ensureCustomers: (
      customerIds: string[],
      source: string,
      emailHashes?: ReadonlyMap<string, string>,
    ): Promise<Map<string, string>> => ensureCustomers(knex(), customerIds, source, emailHashes),

    /** Gives persons emails that nobody has yet; a hash of somebody else leads to a suggested merge. */
    attachEmails: (rows: PersonEmail[], source = 'import'): Promise<void> =>
      attachEmails(knex(), rows, source),

    /** @returns the id of the merge @throws IdentityError when one is missing or they are one already */
    async merge(fromPerson: string, intoPerson: string, by: string, reason: string): Promise<string> {
      const mergeId = await mergePersons(knex(), fromPerson, intoPerson, by, reason);
      tell(strapi, { personIds: [fromPerson, intoPerson] });
      return mergeId;
    },
    async acceptMerge(mergeId: string, by: string): Promise<void> {
      await acceptMerge(knex(), mergeId, by);
      await tellOfMerge(mergeId);
    },
    dismissMerge: (mergeId: string, by: string): Promise<void> => dismissMerge(knex(), mergeId, by),
    async undoMerge(mergeId: string, by: string): Promise<void> {
      await undoMerge(knex(), mergeId, by);
      await tellOfMerge(mergeId);
    },
    listMerges: (state: MergeState | undefined, page: number) => listMerges(knex(), state, page),

    async setConsent(statement: ConsentStatement): Promise<void> {
      await setConsent(knex(), statement);
      tell(strapi, { visitorKeys: [statement.visitorKey] });
    },
    readConsent: (visitorKey: string) => readConsent(knex(), visitorKey),
    /** What these visitors said last; those who said nothing are missing. */
    consentOf: (visitorKeys: string[]) => consentStates(knex(), visitorKeys),
  };
}
