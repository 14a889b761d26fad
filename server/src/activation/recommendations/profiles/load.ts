import type { Knex } from 'knex';
import { allowedBy, type ConsentRules, consentsOf } from '../../../crm/sync/push/describe/consent';
import { mayStore } from '../../../tracking/consent';
import type { StoredAssignment } from '../../experiments/types';
import { type Membership, segmentsOf } from '../../segments/members/memberships';
import type { ValueBand } from '../api-types';
import type { Loaded, Profile } from './profile';
import { attentionOfPerson, attentionOfVisitor } from './queries/attention';
import { type PersonValue, personValue } from './queries/value';
import { visitorState } from './queries/visitor';

export interface LoadOptions {
  knex: Knex;
  rules: ConsentRules;
  /** The published value run; null before the first. */
  runId: string | null;
  /** Limits of the bands of value in it. */
  thirds: [number, number] | null;
  assignmentsOf(personId: string | null, visitorKeys: string[]): Promise<StoredAssignment[]>;
}

/** What may be used of a visitor: nothing unless they consented in this browser, and denied it in no other of theirs. */
export async function loadVisitor(options: LoadOptions, visitorKey: string): Promise<Loaded> {
  const { knex, rules } = options;
  const { consent, personId } = await visitorState(knex, visitorKey, Date.now());
  if (!mayStore(rules.consent.mode, consent)) return { personId, profile: null };
  if (personId !== null) return loadPerson(options, personId, [visitorKey]);
  const [attention, assignments] = await Promise.all([
    attentionOfVisitor(knex, visitorKey),
    options.assignmentsOf(null, [visitorKey]),
  ]);
  const profile: Profile = {
    personId,
    ...ofValue(null, null),
    ...attention,
    ...ofSegments([]),
    assignments,
  };
  return { personId, profile };
}

/**
 * What may be used of a person, whoever asks: nothing of those who denied consent. Where a server names them, who may have said
 * nothing, their value and what they read go by the same rules as what goes out to CRMs.
 *
 * @param personId canonical
 */
export async function loadPerson(
  { knex, rules, runId, thirds, assignmentsOf }: LoadOptions,
  personId: string,
  visitorKeys: string[] = [],
): Promise<Loaded> {
  const consent = (await consentsOf(knex, [personId], Date.now())).get(personId) ?? 'unknown';
  const isNamed = visitorKeys.length === 0;
  const allowed = allowedBy(consent, rules);
  if (consent === 'denied' || (isNamed && !allowed.value)) return { personId, profile: null };
  const mayUseReading = !isNamed || allowed.reading;
  // Side by side, where the database has more than one connection.
  const [value, attention, memberships, assignments] = await Promise.all([
    runId === null ? null : personValue(knex, runId, personId),
    mayUseReading ? attentionOfPerson(knex, personId) : { read: new Map(), channel: null },
    segmentsOf(knex, personId),
    assignmentsOf(personId, visitorKeys),
  ]);
  const profile: Profile = {
    personId,
    ...ofValue(value, thirds),
    read: attention.read,
    channel: value?.channel ?? attention.channel,
    ...ofSegments(memberships),
    assignments,
  };
  return { personId, profile };
}

function bandOf(value: PersonValue, thirds: [number, number] | null): ValueBand | null {
  if (!thirds || value.kind !== 'customer') return null;
  if (value.total < thirds[0]) return 'low';
  return value.total < thirds[1] ? 'middle' : 'high';
}

const ofValue = (value: PersonValue | null, thirds: [number, number] | null) => ({
  tier: value?.tier ?? null,
  stage: value?.stage ?? null,
  kind: value?.kind ?? null,
  value: value && bandOf(value, thirds),
});

const ofSegments = (memberships: Membership[]) => ({
  segmentIds: new Set(memberships.map(({ id }) => id)),
  publicSegments: memberships.filter(({ isPublic }) => isPublic).map(({ slug }) => slug),
});
