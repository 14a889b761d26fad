import { minorDigits } from '../../clv/convert';
import { divisionOf } from '../models/landmark';
import type { RunData, Section } from '../run-data';
import type { ItemDistribution } from './api-types';
import { valueDistributions } from './distribution';

/** The name under which a run keeps how value is distributed among readers and others. */
export const DISTRIBUTION = 'distribution';

/** Of every item with readers, at every landmark. */
export async function distributionSection({
  persons,
  exposures,
  contentIds,
  settings,
}: RunData): Promise<Section> {
  const { landmarkDate, timezone, currency } = settings;
  const landmarks = ['first-order', 'all', ...(landmarkDate ? [landmarkDate] : [])];
  const bodies: ItemDistribution[] = contentIds.map(() => ({}));
  for (const landmark of landmarks) {
    const division = divisionOf(landmark, timezone)!;
    const found = valueDistributions(persons, exposures, division, 10 ** minorDigits(currency));
    for (const [item, distribution] of found.entries()) bodies[item]![landmark] = distribution;
  }
  const items = bodies.flatMap((body, item) =>
    exposures.start[item + 1]! > exposures.start[item]! ? [{ item, body }] : [],
  );
  return { name: DISTRIBUTION, body: { landmarks }, items };
}
