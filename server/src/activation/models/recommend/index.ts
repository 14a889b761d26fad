export { ordered, type RankOptions, rank } from './rank';
export type * from './types';
