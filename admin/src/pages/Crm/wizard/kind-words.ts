import { type MessageId, useText } from '../../../text';

const WHAT: Record<string, MessageId> = {
  hubspot: 'clv.crm.kind.hubspot',
  salesforce: 'clv.crm.kind.salesforce',
  pipedrive: 'clv.crm.kind.pipedrive',
  tryton: 'clv.crm.kind.tryton',
  rest: 'clv.crm.kind.rest',
  webhook: 'clv.crm.kind.webhook',
};

/** What a kind of CRM brings, in a sentence. */
export function useKindWords(): (kind: string) => string {
  const text = useText();
  return (kind) => text(WHAT[kind] ?? 'clv.crm.kind.own');
}
