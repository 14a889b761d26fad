import type { FormField } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { AnyKind } from '../../connectors';

export type Options = Record<string, unknown>;

/** An entry of the form that is wrong. */
export class WrongEntry extends ConnectorError {
  constructor(
    readonly field: string | undefined,
    message: string,
  ) {
    super('config', message);
  }
}

/** @throws WrongEntry that names the first entry the kind does not take */
export function judgeOptions(kind: AnyKind, options: Options): unknown {
  const parsed = kind.options.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const place = [...(issue?.path ?? []), ...unknown].map(String);
  const [field] = place;
  // The message of a schema may quote what it was given, and a secret may be what is wrong.
  const secret = field !== undefined && secretNames(kind.form).has(field);
  const fault = secret ? 'is not as it must be; check it' : (issue?.message ?? 'is wrong');
  throw new WrongEntry(field, `${place.join('.') || 'The form'}: ${fault}.`.replace(/\.\.$/, '.'));
}

export function secretNames(form: FormField[]): Set<string> {
  return new Set(form.filter(({ type }) => type === 'secret').map(({ name }) => name));
}

/** Tells what is kept encrypted from what may be shown. */
export function divide(kind: AnyKind, options: Options): { plain: Options; secrets: Options } {
  const hidden = secretNames(kind.form);
  const entries = Object.entries(options);
  return {
    plain: Object.fromEntries(entries.filter(([name]) => !hidden.has(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => hidden.has(name))),
  };
}

/** What is stored of a connection's options. */
export interface StoredOptions {
  plain: Options;
  secrets: Options;
}

/**
 * What the form gave, with the stored secrets where it left them empty; empty entries that nobody asked for are left out,
 * and so are secrets of a choice that is not taken any more.
 *
 * @throws WrongEntry when a secret was left empty but an address is another one: whoever may change an address must not
 *   have secrets sent there that they do not know
 */
export function withStoredSecrets(kind: AnyKind, given: Options, stored: StoredOptions): Options {
  const filled = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  const chosen = ({ when }: FormField) => !when || (filled[when.field] ?? when.is) === when.is;
  const asked = secretNames(kind.form.filter(chosen));
  const kept = Object.entries(stored.secrets).filter(([name]) => asked.has(name) && !(name in filled));
  const [first] = kept;
  if (first && isElsewhere(kind, filled, stored.plain)) {
    throw new WrongEntry(
      first[0],
      `${first[0]}: give it again. The address is another one, and what is stored was given for the former.`,
    );
  }
  return { ...Object.fromEntries(kept), ...filled };
}

/** Whether options ask another host than others; an address that is left out is the kind's own. */
export function isElsewhere(kind: AnyKind, options: Options, before: Options): boolean {
  const addresses = kind.form.filter(({ type }) => type === 'url').map(({ name }) => name);
  return addresses.some((name) => originOf(options[name]) !== originOf(before[name]));
}

const originOf = (address: unknown): string =>
  typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : '';

/** Every text within a value: what must never be seen. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...textsIn(parsedJson(value))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** What a text holds as JSON, when that is an object; null for any other text. */
function parsedJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
