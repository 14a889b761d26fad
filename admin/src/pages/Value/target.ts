import type { ValueReport } from '../../../../server/src/clv/api-types';

/** What a customer should be worth at least for each unit that winning them costs: `targets.ratio` of the last run. */
export const targetRatio = ({ tiles }: ValueReport): number =>
  tiles.find(({ key }) => key === 'ratio')?.target ?? 3;
