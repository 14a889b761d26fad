import type { MessageId, Text } from '../text';

/** Models and heuristics by the names that the server gives: how they are called, and what they suppose. */
const MODEL: Record<string, [name: MessageId, meaning: MessageId]> = {
  'bg-nbd': ['clv.models.bg-nbd', 'clv.models.bg-nbd.meaning'],
  'mbg-nbd': ['clv.models.mbg-nbd', 'clv.models.mbg-nbd.meaning'],
  'pareto-nbd': ['clv.models.pareto-nbd', 'clv.models.pareto-nbd.meaning'],
  'bg-cnbd-k': ['clv.models.bg-cnbd-k', 'clv.models.bg-cnbd-k.meaning'],
  'mbg-cnbd-k': ['clv.models.mbg-cnbd-k', 'clv.models.mbg-cnbd-k.meaning'],
  'bg-bb': ['clv.models.bg-bb', 'clv.models.bg-bb.meaning'],
  'gamma-gamma': ['clv.models.gamma-gamma', 'clv.models.gamma-gamma.meaning'],
  sbg: ['clv.models.sbg', 'clv.models.sbg.meaning'],
  content: ['clv.models.content', 'clv.models.content.meaning'],
  'same-as-before': ['clv.models.same', 'clv.models.same.meaning'],
  rate: ['clv.models.rate', 'clv.models.rate.meaning'],
  hiatus: ['clv.models.hiatus', 'clv.models.hiatus.meaning'],
  'hiatus-13': ['clv.models.hiatus-quarter', 'clv.models.hiatus-quarter.meaning'],
  zero: ['clv.models.zero', 'clv.models.zero.meaning'],
};

/** A model's name; one that has none here goes by its own. */
export const modelName = (name: string, text: Text): string => (MODEL[name] ? text(MODEL[name][0]) : name);

/** What the server says as a sentence, with its models by their names here. */
export function withModelNames(said: string, text: Text): string {
  const named = said.replace(/[a-z]+(?:-[a-z0-9]+)+/g, (name) => modelName(name, text)).replace(/\.?$/, '.');
  return named.charAt(0).toUpperCase() + named.slice(1);
}

/** What a model supposes, in one sentence; empty where it is not known here. */
export const modelMeaning = (name: string, text: Text): string => (MODEL[name] ? text(MODEL[name][1]) : '');
