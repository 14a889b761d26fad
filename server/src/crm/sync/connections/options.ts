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
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? issue?.path.map(String).join('.') ?? '';
  // The message of a schema may quote what it was given, and a secret may be what is wrong.
  const secret = secretNames(kind.form).has(field);
  const fault = secret ? 'is not as it must be; check it' : (issue?.message ?? 'is wrong');
  throw new WrongEntry(field || undefined, `${field || 'The form'}: ${fault}.`.replace(/\.\.$/, '.'));
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

/**
 * What the form gave, with the stored secrets where it left them empty; empty entries that nobody asked for are left out,
 * and so are secrets of a choice that is not taken any more.
 */
export function withStoredSecrets(kind: AnyKind, given: Options, stored: Options): Options {
  const filled = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  const chosen = ({ when }: FormField) => !when || (filled[when.field] ?? when.is) === when.is;
  const asked = secretNames(kind.form.filter(chosen));
  const kept = Object.entries(stored).filter(([name]) => asked.has(name));
  return { ...Object.fromEntries(kept), ...filled };
}

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
