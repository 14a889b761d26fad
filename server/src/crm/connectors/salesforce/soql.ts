import { ConnectorError } from '../../connector-error';

const ESCAPED: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text as SOQL writes it, whatever is in it. */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPED[character]!)}'`;

/** Texts for `IN`. */
export const list = (texts: string[]): string => `(${texts.map(quoted).join(', ')})`;

/** A moment as SOQL writes it. */
export const moment = (at: number): string => new Date(at).toISOString();

/** Salesforce writes `2026-01-31T09:30:00.000+0000`. */
export const stampOf = (text: string): number => Date.parse(text.replace(/\+0000$/, 'Z'));

/** A property such as `Email` or `Account.Industry`, which cannot be quoted and so must be nothing else. */
export function property(name: string): string {
  if (/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,4}$/.test(name)) return name;
  throw new ConnectorError('config', `"${name.slice(0, 80)}" is no property of Salesforce; map another one.`);
}
