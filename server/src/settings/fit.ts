import type { ClvConfig } from '../config';
import type { FieldError, SettingPath } from './api-types';

type Fault = Omit<FieldError, 'path'>;

const fault = (code: FieldError['code'], message: string): Fault => ({ code, message });

/** What is wrong with names and cuts of tiers together. */
function tierFault({ rule, names, cuts }: ClvConfig['tiers']): Fault | null {
  if (names && new Set(names).size < names.length) return fault('names-twice', 'Two tiers have one name.');
  if (!cuts) {
    if (rule !== 'bands') return null;
    return fault('cuts-missing', 'Bands need their lower limits, such as 1000, 250, 50.');
  }
  const wanted = names ? names.length - 1 : cuts.length;
  if (cuts.length !== wanted)
    return fault('cuts-count', `There are ${cuts.length} limits for ${wanted + 1} tiers; give ${wanted}.`);
  if (rule !== 'bands' && !cuts.every((cut) => cut > 0 && cut < 1))
    return fault('cuts-shares', 'Limits must be shares between 0 and 1, such as 0.1, 0.3, 0.6.');
  const sinks = rule === 'bands';
  const inOrder = cuts.every((cut, i) => i === 0 || (sinks ? cut < cuts[i - 1]! : cut > cuts[i - 1]!));
  if (inOrder) return null;
  return fault(
    'cuts-order',
    sinks
      ? 'Each limit must be lower than the one before.'
      : 'Each share must be larger than the one before.',
  );
}

/** Of a currency that is worth something else in itself. */
function rateFault({ currency, rates }: ClvConfig['value']): Fault | null {
  if (!Object.hasOwn(rates, currency)) return null;
  return fault('own-rate', `Rates tell what other currencies are worth in ${currency}; take its own out.`);
}

const TIER_BLAME: SettingPath[] = ['tiers.cuts', 'tiers.names', 'tiers.rule'];
const RATE_BLAME: SettingPath[] = ['value.rates', 'value.currency'];

/**
 * What is wrong with settings together, each fault at the first of its settings that was not given by config/plugins.
 *
 * @param saved the paths of settings that are saved or about to be; what nobody saved is not judged
 */
export function faultsTogether(config: ClvConfig, saved: ReadonlySet<string>): FieldError[] {
  const at = (blame: SettingPath[], found: Fault | null): FieldError[] => {
    const path = blame.find((one) => saved.has(one));
    return path && found ? [{ path, ...found }] : [];
  };
  const tiers = tierFault(config.tiers);
  return [
    ...at(tiers?.code === 'names-twice' ? ['tiers.names'] : TIER_BLAME, tiers),
    ...at(RATE_BLAME, rateFault(config.value)),
  ];
}
