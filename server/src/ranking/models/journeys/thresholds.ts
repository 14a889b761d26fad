/** Nothing is told of fewer persons than this: neither a path nor a step from one item to another. */
export const FEWEST = 5;

/** Persons below which a comparison is not made. */
export const NEEDED = 30;
