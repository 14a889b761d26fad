import type {
  Capabilities,
  ConnectionDetail,
  ConnectionInput,
  Mapping,
  PushSettings,
  StreamName,
} from '../../../../server/src/crm/sync/api-types';
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
