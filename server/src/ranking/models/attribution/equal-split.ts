import { checkPaths, itemCount, type Path, type PathCredits } from './paths';

/**
 * Every conversion is split equally over the different items of its path, however often it has each (`linear` counts
 * touches instead). This is also the Shapley value of the game in which a coalition earns the conversions of the paths
 * that need no other item: K. Zhao, S. Mahboobi and S. Bagheri, "Shapley value methods for attribution modeling in online
 * advertising", arXiv:1804.05327, 2018, simplified method. Paths that did not convert tell it nothing.
 *
 * @throws RangeError on paths that `checkPaths` refuses
 */
export function creditByEqualSplit(paths: readonly Path[]): PathCredits {
  checkPaths(paths);
  const items = itemCount(paths);
  const credits = { conversions: new Float64Array(items), value: new Float64Array(items) };
  for (const path of paths) {
    if (path.conversions === 0) continue;
    const different = new Set(path.items);
    for (const item of different) {
      credits.conversions[item]! += path.conversions / different.size;
      credits.value[item]! += path.value / different.size;
    }
  }
  return credits;
}
