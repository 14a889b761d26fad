export interface SimplexProblem {
  start: readonly number[];
  /** May be Infinity or NaN, which count as worse than any number. */
  evaluate: (x: number[]) => number;
  /** Edge of the first simplex, 0.5 unless told. */
  edge?: number;
  /** 200 for each dimension unless told. */
  maxIterations?: number;
  /** Ends when the values at the corners differ by less than this share, 1e-12 unless told. */
  tolerance?: number;
}

interface Corner {
  x: number[];
  value: number;
}

/**
 * Finds a minimum without a gradient: slow, yet hard to throw off. J. Nelder and R. Mead, "A simplex method for function
 * minimization", Computer Journal 7 (1965), with the steps of J. Lagarias et al., SIAM J. Optim. 9 (1998).
 */
export function nelderMead(problem: SimplexProblem): Corner & { iterations: number } {
  const { start, edge = 0.5, tolerance = 1e-12, maxIterations = 200 * start.length } = problem;
  const cornerAt = (x: number[]): Corner => {
    const value = problem.evaluate(x);
    return { x, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const corners = [cornerAt([...start])];
  for (let i = 0; i < start.length; i++)
    corners.push(cornerAt(start.map((v, j) => (i === j ? v + edge : v))));

  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    corners.sort((one, other) => (one.value < other.value ? -1 : one.value > other.value ? 1 : 0));
    const best = corners[0]!;
    const worst = corners.at(-1)!;
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const centre = start.map((_, j) => meanOf(corners, j));
    /** The point on the line from the worst corner through the centre of the others: 1 mirrors, −1 is the worst itself. */
    const along = (reach: number) => cornerAt(centre.map((c, j) => c + reach * (c - worst.x[j]!)));
    const next = moved(along, best.value, corners.at(-2)!.value, worst.value);
    if (next) corners[corners.length - 1] = next;
    else {
      for (let i = 1; i < corners.length; i++) {
        corners[i] = cornerAt(corners[i]!.x.map((v, j) => (v + best.x[j]!) / 2));
      }
    }
  }
  const best = corners.reduce((least, corner) => (corner.value < least.value ? corner : least));
  return { ...best, iterations };
}

/** The worst corner's better place by reflection, expansion or contraction; undefined when the simplex must shrink. */
function moved(
  along: (reach: number) => Corner,
  best: number,
  secondWorst: number,
  worst: number,
): Corner | undefined {
  const mirrored = along(1);
  if (mirrored.value < best) {
    const further = along(2);
    return further.value < mirrored.value ? further : mirrored;
  }
  if (mirrored.value < secondWorst) return mirrored;
  const nearer = along(mirrored.value < worst ? 0.5 : -0.5);
  return nearer.value < Math.min(mirrored.value, worst) ? nearer : undefined;
}

/** Mean of a coordinate over all corners but the last. */
function meanOf(corners: Corner[], coordinate: number): number {
  let sum = 0;
  for (let i = 0; i < corners.length - 1; i++) sum += corners[i]!.x[coordinate]!;
  return sum / (corners.length - 1);
}
