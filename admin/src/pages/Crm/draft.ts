import type {
  Capabilities,
  ConnectionDetail,
  ConnectionInput,
  Mapping,
  PushSettings,
  StreamName,
} from '../../../../server/src/crm/sync/api-types';
import type { Text } from '../../text';
import { INSIGHT_FIELDS } from './words';

/** What may be chosen of a connection beside its credentials. */
export interface Draft {
  name: string;
  idPrefix: string;
  mapping: Mapping;
  push: PushSettings;
  everyMinutes: Partial<Record<StreamName, number | null>>;
}

const PULL_EVERY = 60;
const PUSH_EVERY = 15;

/** The streams that a CRM can have. */
export const streamsOf = ({ pull, push }: Capabilities): StreamName[] => [
  ...pull,
  ...(push ? ['push' as const] : []),
];

/** What a new connection begins with: all is pulled every hour, and every insight goes out. */
export function firstDraft(kind: string, name: string, capabilities: Capabilities): Draft {
  const streams = streamsOf(capabilities);
  return {
    name,
    idPrefix: `${kind}:`,
    mapping: {},
    push: { enabled: capabilities.push, fields: [...INSIGHT_FIELDS], noteKinds: [] },
    everyMinutes: Object.fromEntries(
      streams.map((stream) => [stream, stream === 'push' ? PUSH_EVERY : PULL_EVERY]),
    ),
  };
}

/** What is stored of a connection. */
export const draftOf = ({ name, idPrefix, mapping, push, streams }: ConnectionDetail): Draft => ({
  name,
  idPrefix,
  mapping,
  push,
  everyMinutes: Object.fromEntries(streams.map(({ stream, everyMinutes }) => [stream, everyMinutes])),
});

/** A draft with options, as the server takes it. */
export const inputOf = (kind: string, options: Record<string, unknown>, draft: Draft): ConnectionInput => ({
  kind,
  options,
  ...draft,
});

/** As the server takes it; it may be empty, for customers who came by file with the CRM's bare ids. */
const PREFIX = /^[A-Za-z0-9:_.-]{0,32}$/;

/** What is wrong with a draft, by field. */
export function wrongIn({ name, idPrefix }: Draft, text: Text): Record<string, string> {
  return {
    ...(name.trim() === '' && { name: text('clv.crm.form.needed') }),
    ...(!PREFIX.test(idPrefix) && { idPrefix: text('clv.crm.prefix.wrong') }),
  };
}
