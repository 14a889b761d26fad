import type {
  LoggedMessage,
  Trigger,
  TriggerKind,
  TriggerList,
} from '../../../../server/src/activation/triggers/api-types';
import { tierName } from '../../components/tier-words';
import { type Formats, kindName } from '../../format';
import type { Text } from '../../text';
import { KINDS } from './kinds';

/** Names that people gave stand apart from the sentence, also where they run the other way. */
const quoted = (name: string) => `“\u2068${name}\u2069”`;

interface Words {
  text: Text;
  format: Formats;
}

const oneOf = (names: string[], { format }: Words) =>
  new Intl.ListFormat(format.language, { type: 'disjunction' }).format(names);

/** When a trigger sends a message, in one sentence, and to whom only. */
export function sentenceOf(
  { kind, settings, segmentId }: Pick<Trigger, 'kind' | 'settings' | 'segmentId'>,
  segments: TriggerList['segments'],
  words: Words,
): string {
  const { text, format } = words;
  const { tiers = [], readerTiers = [], contents = [], kinds = [] } = settings;
  const names = (of: string[]) =>
    oneOf(
      of.map((tier) => tierName(tier, text)),
      words,
    );
  const threshold = format.percent(settings.threshold ?? KINDS[kind].threshold ?? 0);
  const n = settings.daysBefore ?? KINDS[kind].daysBefore ?? 0;
  const read = [
    ...(contents.length > 0 ? [text('clv.triggers.when.items', { n: contents.length })] : []),
    ...kinds.map((one) => text('clv.segments.of-kind', { kind: kindName(one) })),
  ];
  const when: Record<TriggerKind, () => string> = {
    'tier-up': () =>
      tiers.length > 0
        ? text('clv.triggers.when.up-into', { tiers: names(tiers) })
        : text('clv.triggers.when.up'),
    'tier-down': () =>
      tiers.length > 0
        ? text('clv.triggers.when.down-into', { tiers: names(tiers) })
        : text('clv.triggers.when.down'),
    'churn-risk': () => text('clv.triggers.when.churn', { threshold }),
    promising: () => text('clv.triggers.when.promising', { threshold }),
    'next-order-due': () => text('clv.triggers.when.order', { n }),
    'renewal-near': () => text('clv.triggers.when.renewal', { n }),
    'content-read': () =>
      text('clv.triggers.when.read', {
        tiers: readerTiers.length > 0 ? names(readerTiers) : text('clv.triggers.best-tier'),
        what: oneOf(read, words),
      }),
  };
  const sentence = when[kind]();
  if (segmentId === null) return sentence;
  const segment = segments.find(({ id }) => id === segmentId)?.name ?? segmentId;
  return text('clv.triggers.when.of-segment', { when: sentence, segment: quoted(segment) });
}

/** Where the messages of a trigger go, by name. */
export function destinationsOf(
  { actions }: Pick<Trigger, 'actions'>,
  { endpoints, connections }: Pick<TriggerList, 'endpoints' | 'connections'>,
): string[] {
  const nameOf = (all: { id: string; name: string }[], id: string) =>
    all.find((one) => one.id === id)?.name ?? id;
  return [
    'Strapi',
    ...actions.endpoints.map((id) => nameOf(endpoints, id)),
    ...actions.connections.map((id) => nameOf(connections, id)),
  ];
}

const TIERS: readonly TriggerKind[] = ['tier-up', 'tier-down'];

/** What crossed, such as "Silver → Gold", a probability, a day, or the title of what was read. */
export function changeWords({ kind, change, content }: LoggedMessage, { text, format }: Words): string {
  if (content) return content.title;
  const write = (value: string | number | null) => {
    if (value === null) return '–';
    if (typeof value === 'number') return format.percent(value);
    if (TIERS.includes(kind)) return tierName(value, text);
    return /^\d{4}-\d{2}-\d{2}/.test(value) ? format.date(value) : value;
  };
  if (change.from === null) return write(change.to);
  return `${write(change.from)} → ${write(change.to)}`;
}
