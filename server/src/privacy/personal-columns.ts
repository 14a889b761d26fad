import type { Knex } from 'knex';
import type { Scope } from './scope';

/*
 * Every column of every table of the plugin is in one of the two registers below; a test walks the tables and fails
 * when one is in neither. What is personal is shown in an export and goes in an erasure; there is no third way.
 */

/** One table with rows about persons, and how to find a person's. */
export interface PersonalTable {
  table: string;
  /** What an export calls its rows. */
  section: string;
  /** Columns that an export shows. */
  shown: string[];
  /** Columns that mean nothing to the person: ids of our own, and who on the staff decided. They go with the row. */
  internal: string[];
  rows(knex: Knex, scope: Scope): Knex.QueryBuilder;
  /** Which of the rows an erasure removes, where it is not all. */
  erased?(rows: Knex.QueryBuilder): Knex.QueryBuilder;
}

/** In the order of erasure: what is found by way of another table goes before it. */
export const PERSONAL_TABLES: PersonalTable[] = [
  {
    table: 'clv_touches',
    section: 'touches',
    shown: [
      'visitor_key',
      'content_id',
      'kind',
      'occurred_at',
      'received_at',
      'seconds',
      'depth',
      'channel',
      'source',
    ],
    internal: ['message_id'],
    rows: (knex, { personIds, visitorKey }) => {
      const linked = (query: Knex.QueryBuilder) =>
        query.from('clv_visitor_links as l').whereIn('l.person_id', personIds);
      return knex('clv_touches')
        .where({ visitor_key: visitorKey })
        .orWhere((theirs) =>
          theirs
            .whereIn('visitor_key', (links: Knex.QueryBuilder) => linked(links).select('l.visitor_key'))
            // Only while the browser was in their hands: the rest is somebody else's.
            .whereExists((links: Knex.QueryBuilder) =>
              linked(links)
                .select(knex.raw('1'))
                .whereRaw('l.visitor_key = clv_touches.visitor_key')
                .whereRaw('clv_touches.occurred_at >= l.valid_from AND clv_touches.occurred_at < l.valid_to'),
            ),
        );
    },
  },
  {
    table: 'clv_visitors',
    section: 'consent',
    shown: ['visitor_key', 'consent', 'consent_source', 'consent_at'],
    internal: [],
    rows: (knex, { browsers }) => knex('clv_visitors').whereIn('visitor_key', browsers),
    // A denial has to outlive the erasure, or tracking would begin again. It names nobody: the key is random.
    erased: (rows) => rows.whereNot({ consent: 'denied' }),
  },
  {
    table: 'clv_consents',
    section: 'consentHistory',
    shown: ['visitor_key', 'state', 'source', 'at'],
    internal: ['id'],
    rows: (knex, { browsers }) => knex('clv_consents').whereIn('visitor_key', browsers),
  },
  {
    table: 'clv_crm_records',
    section: 'crmRecords',
    shown: ['stream', 'record_id', 'kind', 'row_key', 'gone_at'],
    internal: ['connection_id'],
    rows: (knex, { customerIds }) => {
      const keys = (table: string, key: string) =>
        knex(table).whereIn('customer_id', customerIds).select(`${key} as row_key`);
      return knex('clv_crm_records')
        .where((customers) => customers.where({ kind: 'customers' }).whereIn('row_key', customerIds))
        .orWhere((orders) =>
          orders.where({ kind: 'orders' }).whereIn('row_key', keys('clv_orders', 'order_id')),
        )
        .orWhere((subscriptions) =>
          subscriptions
            .where({ kind: 'subscriptions' })
            .whereIn('row_key', keys('clv_subscriptions', 'subscription_id')),
        );
    },
  },
  {
    table: 'clv_orders',
    section: 'orders',
    shown: [
      'order_id',
      'customer_id',
      'ordered_at',
      'amount',
      'cost',
      'currency',
      'product_line',
      'channel',
      'deal_created_at',
      'status',
      'source',
      'updated_at',
    ],
    internal: [],
    // Not kept under another name: an order's number, time and amount lead back by way of the shop's own books.
    rows: (knex, { customerIds }) => knex('clv_orders').whereIn('customer_id', customerIds),
  },
  {
    table: 'clv_subscriptions',
    section: 'subscriptions',
    shown: [
      'subscription_id',
      'customer_id',
      'started_at',
      'ended_at',
      'mrr',
      'currency',
      'billing_months',
      'product_line',
      'source',
      'updated_at',
    ],
    internal: [],
    rows: (knex, { customerIds }) => knex('clv_subscriptions').whereIn('customer_id', customerIds),
  },
  {
    table: 'clv_segment_members',
    section: 'segments',
    shown: ['since'],
    internal: ['segment_id', 'person_id'],
    rows: (knex, { personIds }) => knex('clv_segment_members').whereIn('person_id', personIds),
  },
  {
    table: 'clv_activation_changes',
    section: 'activationChanges',
    shown: [],
    internal: ['person_id', 'change_id'],
    rows: (knex, { personIds }) => knex('clv_activation_changes').whereIn('person_id', personIds),
  },
  {
    table: 'clv_trigger_states',
    section: 'triggerStates',
    shown: ['subject', 'side', 'due_at', 'fired_at', 'updated_at'],
    internal: ['trigger_id', 'person_id'],
    rows: (knex, { personIds }) => knex('clv_trigger_states').whereIn('person_id', personIds),
  },
  {
    table: 'clv_deliveries',
    section: 'messagesSent',
    shown: ['destination', 'state', 'reason', 'updated_at'],
    internal: ['message_id', 'attempts', 'next_at', 'lease_owner', 'lease_until'],
    rows: (knex, { personIds }) =>
      knex('clv_deliveries').whereIn(
        'message_id',
        knex('clv_messages').whereIn('person_id', personIds).select('id'),
      ),
  },
  {
    table: 'clv_messages',
    section: 'messages',
    shown: ['subject', 'arm', 'payload', 'created_at'],
    internal: ['id', 'trigger_id', 'person_id'],
    rows: (knex, { personIds }) => knex('clv_messages').whereIn('person_id', personIds),
  },
  {
    table: 'clv_assignments',
    section: 'experiments',
    shown: ['unit_kind', 'unit_id', 'arm', 'assigned_at'],
    internal: ['experiment_id'],
    rows: (knex, { personIds, browsers }) =>
      knex('clv_assignments')
        .where((persons) => persons.where({ unit_kind: 'person' }).whereIn('unit_id', personIds))
        .orWhere((visitors) => visitors.where({ unit_kind: 'visitor' }).whereIn('unit_id', browsers)),
  },
  {
    table: 'clv_person_values',
    section: 'value',
    shown: [
      'kind',
      'orders',
      'first_order_at',
      'last_order_at',
      'first_touch_at',
      'last_touch_at',
      'channel',
      'segment',
      'revenue',
      'historical',
      'p_alive',
      'buy_probability',
      'expected_orders',
      'predicted',
      'total',
      'tier',
      'previous_tier',
      'stage',
      'updated_at',
    ],
    internal: ['person_id', 'run_id'],
    rows: (knex, { personIds }) => knex('clv_person_values').whereIn('person_id', personIds),
  },
  {
    table: 'clv_crm_problems',
    section: 'crmProblems',
    shown: ['stream', 'record_id', 'customer_id', 'field', 'reason', 'raw', 'first_at', 'last_at'],
    internal: ['connection_id'],
    rows: (knex, { customerIds }) => knex('clv_crm_problems').whereIn('customer_id', customerIds),
  },
  {
    table: 'clv_outbox',
    section: 'toCrm',
    shown: [
      'customer_id',
      'note_key',
      'payload',
      'state',
      'error_kind',
      'reason',
      'created_at',
      'updated_at',
    ],
    internal: ['id', 'connection_id', 'attempts', 'next_at'],
    rows: (knex, { customerIds }) => knex('clv_outbox').whereIn('customer_id', customerIds),
    // What has the CRM empty its fields stays until it was sent: it names the customer by the CRM's own id, and says nothing.
    erased: (rows) => rows.whereNotNull('payload'),
  },
  {
    table: 'clv_sent',
    section: 'sentToCrm',
    shown: ['customer_id', 'note_key', 'sent_at'],
    internal: ['connection_id', 'hash'],
    rows: (knex, { customerIds }) => knex('clv_sent').whereIn('customer_id', customerIds),
  },
  {
    table: 'clv_person_changes',
    section: 'changes',
    shown: [],
    internal: ['person_id', 'change_id'],
    rows: (knex, { personIds }) => knex('clv_person_changes').whereIn('person_id', personIds),
  },
  {
    table: 'clv_customers',
    section: 'customers',
    shown: [
      'customer_id',
      'email_hash',
      'channel',
      'acquired_at',
      'acquisition_cost',
      'service_cost_per_month',
      'currency',
      'segment',
      'company',
      'nps',
      'ces',
      'source',
      'updated_at',
    ],
    internal: ['person_id'],
    rows: (knex, { customerIds }) => knex('clv_customers').whereIn('customer_id', customerIds),
  },
  {
    table: 'clv_merges',
    section: 'merges',
    shown: ['state', 'reason', 'created_at', 'decided_at', 'undone_at'],
    internal: ['id', 'from_person', 'into_person', 'decided_by', 'undone_by'],
    rows: (knex, { personIds }) =>
      knex('clv_merges').whereIn('from_person', personIds).orWhereIn('into_person', personIds),
  },
  {
    table: 'clv_visitor_links',
    section: 'browsers',
    shown: ['visitor_key', 'valid_from', 'valid_to', 'source', 'linked_at'],
    internal: ['id', 'person_id'],
    rows: (knex, { personIds, visitorKey }) =>
      knex('clv_visitor_links').whereIn('person_id', personIds).orWhere({ visitor_key: visitorKey }),
  },
  {
    table: 'clv_identities',
    section: 'identifiers',
    shown: ['namespace', 'value', 'source', 'linked_at'],
    internal: ['id', 'person_id'],
    rows: (knex, { personIds }) => knex('clv_identities').whereIn('person_id', personIds),
  },
  {
    table: 'clv_persons',
    section: 'persons',
    shown: ['id', 'created_at'],
    internal: ['canonical_id'],
    rows: (knex, { personIds }) => knex('clv_persons').whereIn('id', personIds),
  },
];

/** Rejected rows of imports; no column says whose they are, so `import-errors.ts` reads them. */
export const IMPORT_ERRORS = {
  table: 'clv_job_errors',
  section: 'importErrors',
  shown: ['row_number', 'field', 'reason', 'raw'],
  internal: ['id', 'job_id'],
} as const;

/** Columns that say nothing about a visitor, person or customer, and why. */
export const NOT_PERSONAL: Record<string, { columns: string[]; because: string }> = {
  clv_contents: {
    columns: [
      'id',
      'uid',
      'document_id',
      'locale',
      'kind',
      'title',
      'published_at',
      'unpublished_at',
      'deleted_at',
      'updated_at',
      'topic',
    ],
    because: 'it is about what the site publishes',
  },
  clv_jobs: {
    columns: [
      'id',
      'kind',
      'active_key',
      'status',
      'params',
      'progress',
      'stage',
      'lease_owner',
      'lease_until',
      'cancel_requested',
      'started_by',
      'created_at',
      'started_at',
      'finished_at',
      'result',
      'error',
      'subject',
    ],
    because:
      'it tells of runs: settings, file names, totals, and the administrator by number; errors without values',
  },
  clv_snapshots: {
    columns: [
      'id',
      'job_id',
      'landmark',
      'slice_of',
      'slice',
      'population',
      'items',
      'summary',
      'created_at',
    ],
    because: 'it holds totals over all persons',
  },
  clv_snapshot_items: {
    columns: [
      'id',
      'snapshot_id',
      'content_id',
      'position',
      'kind',
      'locale',
      'title',
      'title_search',
      'verdict',
      'exposed',
      'score',
      'rho',
      'difference',
      'q_value',
      'figures',
      'excess',
      'detail',
    ],
    because: 'it holds statistics of content over all persons',
  },
  clv_ranking_sections: {
    columns: ['job_id', 'name', 'body'],
    because: 'it holds totals over all persons',
  },
  clv_item_sections: {
    columns: ['job_id', 'content_id', 'name', 'body'],
    because: 'it holds statistics of content over all persons',
  },
  clv_item_studies: {
    columns: ['content_id', 'landmark', 'job_id', 'body', 'created_at'],
    because: 'it holds statistics of content over all persons',
  },
  clv_content_groups: {
    columns: ['content_id', 'dimension', 'value'],
    because: 'it tells of content',
  },
  clv_costs: {
    columns: [
      'cost_key',
      'month',
      'channel',
      'product_line',
      'segment',
      'amount',
      'currency',
      'source',
      'updated_at',
    ],
    because: 'it holds what channels cost',
  },
  clv_value_runs: {
    columns: ['id', 'job_id', 'created_at', 'published_at', 'shape', 'summary', 'engine'],
    because: 'it holds parameters fitted over all persons',
  },
  clv_value_sections: { columns: ['run_id', 'name', 'body'], because: 'it holds totals over all persons' },
  clv_connections: {
    columns: [
      'id',
      'kind',
      'name',
      'id_prefix',
      'options',
      'secrets',
      'tokens',
      'mapping',
      'push',
      'account',
      'budget',
      'breaker_failures',
      'breaker_until',
      'enabled',
      'created_at',
      'updated_at',
    ],
    because: 'it tells how CRMs are reached',
  },
  clv_streams: {
    columns: [
      'connection_id',
      'stream',
      'cursor',
      'complete',
      'done',
      'total',
      'paused',
      'every_minutes',
      'last_started_at',
      'last_done_at',
      'swept_at',
      'not_before',
      'error',
      'error_kind',
    ],
    because: 'it tells how far the pull from a CRM is',
  },
  clv_webhook_deliveries: {
    columns: ['connection_id', 'delivery', 'received_at'],
    because: 'it tells which messages came, not what they said',
  },
  clv_segments: {
    columns: [
      'id',
      'slug',
      'name',
      'description',
      'membership',
      'rules',
      'public',
      'to_crm',
      'computed_at',
      'created_at',
      'updated_at',
    ],
    because: 'it holds the rules of a segment',
  },
  clv_endpoints: {
    columns: [
      'id',
      'name',
      'url',
      'secret',
      'enabled',
      'breaker_failures',
      'breaker_until',
      'created_at',
      'updated_at',
    ],
    because: 'it tells where messages go',
  },
  clv_triggers: {
    columns: [
      'id',
      'name',
      'kind',
      'settings',
      'segment_id',
      'actions',
      'cooldown_hours',
      'enabled',
      'baseline_at',
      'created_at',
      'updated_at',
    ],
    because: 'it holds the rule of a trigger',
  },
  clv_experiments: {
    columns: [
      'id',
      'name',
      'active_surface',
      'surface',
      'state',
      'design',
      'salt',
      'created_at',
      'started_at',
      'ended_at',
    ],
    because: 'it holds the plan of an experiment',
  },
  clv_experiment_reports: {
    columns: ['experiment_id', 'created_at', 'body'],
    because: 'it holds totals over all persons of an arm',
  },
  clv_settings: { columns: ['key', 'value'], because: 'it holds settings of the plugin' },
  clv_counters: { columns: ['name', 'value'], because: 'it holds totals' },
  clv_migrations: { columns: ['name', 'finished'], because: 'it is about the tables' },
};
