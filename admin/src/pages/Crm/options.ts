import type { FormField, KindInfo } from '../../../../server/src/crm/sync/api-types';
import type { MessageId } from '../../text';

/** What stands in the fields of a form: JSON as it was typed. */
export type Typed = Record<string, string>;

/** Whether a field is asked for, by what another field says; one that is itself hidden says nothing. */
export function isShown(field: FormField, form: readonly FormField[], typed: Typed): boolean {
  const { when } = field;
  if (!when) return true;
  const decisive = form.find(({ name }) => name === when.field);
  return typed[when.field] === when.is && (!decisive || isShown(decisive, form, typed));
}

/** The form as it opens: what is stored, and of every choice the first. */
export function typedOf(form: readonly FormField[], stored: Record<string, unknown> = {}): Typed {
  const typed: Typed = {};
  for (const { name, type, choices } of form) {
    const value = stored[name];
    if (value === undefined || value === null)
      typed[name] = type === 'choice' ? (choices?.[0]?.value ?? '') : '';
    else typed[name] = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  }
  return typed;
}

export interface Filled {
  options: Record<string, unknown>;
  /** What is wrong, by field; nothing is sent while there is something. */
  wrong: Record<string, MessageId>;
}

/**
 * What a form says, for the server: only fields that are shown and filled.
 *
 * @param secretsSet secrets that are stored, and so need not be typed again
 */
export function optionsOf(form: readonly FormField[], typed: Typed, secretsSet: readonly string[]): Filled {
  const options: Record<string, unknown> = {};
  const wrong: Record<string, MessageId> = {};
  for (const field of form) {
    if (!isShown(field, form, typed)) continue;
    const { name, type, required } = field;
    const value = (typed[name] ?? '').trim();
    if (value === '') {
      if (required && !(type === 'secret' && secretsSet.includes(name))) wrong[name] = 'clv.crm.form.needed';
    } else if (type === 'json') {
      try {
        options[name] = JSON.parse(value);
      } catch {
        wrong[name] = 'clv.crm.form.no-json';
      }
    } else options[name] = value;
  }
  return { options, wrong };
}

/** Whether these options send the user to the CRM: all of such a kind do, unless a choice offers another way. */
export function asksInCrm({ oauth, form }: KindInfo, options: Record<string, unknown>): boolean {
  const ways = form.filter(({ choices }) => choices?.some(({ value }) => value === 'oauth'));
  return oauth && ways.every(({ name }) => options[name] === 'oauth');
}
