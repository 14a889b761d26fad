/** A step of a path: a key, or a place in a list. */
type Step = string | number;

const PATH =
  /^[^.[\]]+(\[\d{1,4}\])*(\.[^.[\]]+(\[\d{1,4}\])*)*$|^(\[\d{1,4}\])+(\.[^.[\]]+(\[\d{1,4}\])*)*$/;

/** Whether a text is a path such as `data.items` or `emails[0].value`: names, dots and places, and nothing else. */
export const isPath = (text: string): boolean => text.length <= 200 && PATH.test(text);

const stepsOf = (path: string): Step[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, place]) =>
    place === undefined ? name : Number(place),
  );

/**
 * What a path leads to in a value made of JSON; the value itself for an empty one, undefined when there is nothing. Only what
 * the value holds by itself is found, never what every object has.
 */
export function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const step of stepsOf(path)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<Step, unknown>)[step];
  }
  return found;
}

/** The paths to all texts, numbers and truth values within a value, with one of them each. */
export function leavesOf(value: unknown, depth = 4, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  if (typeof value !== 'object' || value === null) return prefix ? leaves.set(prefix, value) : leaves;
  if (depth === 0) return leaves;
  const inside = Array.isArray(value) ? value.slice(0, 1) : value;
  for (const [name, each] of Object.entries(inside)) {
    const path = Array.isArray(value) ? `${prefix}[${name}]` : [prefix, name].filter(Boolean).join('.');
    if (isPath(path)) for (const [leaf, held] of leavesOf(each, depth - 1, path)) leaves.set(leaf, held);
  }
  return leaves;
}
