type Tree = Record<string, unknown>;

/** What stands at `section.key`; undefined when nothing does. */
export function valueAt(tree: object, path: string): unknown {
  const [section, key] = path.split('.') as [string, string];
  return ((tree as Tree)[section] as Tree | undefined)?.[key];
}

/** The same tree with another value at `section.key`. */
export function withValue(tree: Tree, path: string, value: unknown): Tree {
  const [section, key] = path.split('.') as [string, string];
  return { ...tree, [section]: { ...(tree[section] as Tree | undefined), [key]: value } };
}

/** Whether two values say the same. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
