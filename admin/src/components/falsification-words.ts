import type { FalsificationCheck } from '../../../server/src/ranking/api-types';
import type { Formats } from '../format';
import type { MessageId, Text } from '../text';

export const CHECK: Record<FalsificationCheck['name'], { name: MessageId; meaning: MessageId }> = {
  'negative control': { name: 'clv.check.control', meaning: 'clv.check.control.meaning' },
  shuffles: { name: 'clv.check.shuffles', meaning: 'clv.check.shuffles.meaning' },
  'split halves': { name: 'clv.check.halves', meaning: 'clv.check.halves.meaning' },
  'sign flips': { name: 'clv.check.flips', meaning: 'clv.check.flips.meaning' },
  'value before': { name: 'clv.check.before', meaning: 'clv.check.before.meaning' },
};

export const STATE = {
  passed: 'clv.check.passed',
  failed: 'clv.check.failed',
  warns: 'clv.check.warns',
  unknown: 'clv.check.unknown',
} as const;

export function stateOf({ name, passed }: FalsificationCheck): keyof typeof STATE {
  if (passed === null) return 'unknown';
  if (passed) return 'passed';
  // The plain figures are at fault, on which no verdict rests.
  return name === 'value before' ? 'warns' : 'failed';
}

/** What the server notes, in the administrator's language. */
const NOTE: Record<string, MessageId> = {
  'too few items were read after value came about': 'clv.check.note.late',
  'half of the persons are too few to rank enough items': 'clv.check.note.small',
  'few items stand out': 'clv.check.note.few',
  'no run to compare with': 'clv.check.note.first',
  'too few items can be compared': 'clv.check.note.items',
  'too few people were there before items came out': 'clv.check.note.before',
};

export const checkNote = ({ note }: FalsificationCheck, text: Text): string =>
  note === null ? '' : NOTE[note] ? text(NOTE[note]) : note;

/** "found 3 of 40, expected 4": what of it is known. */
export function checkFigures(
  { found, of, expected }: FalsificationCheck,
  text: Text,
  format: Formats,
): string {
  const parts = [
    found !== null &&
      (of === null
        ? text('clv.check.found', { found: format.score(found) })
        : text('clv.check.found-of', { found: format.score(found), of: format.integer(of) })),
    expected !== null && text('clv.check.expected', { expected: format.score(expected) }),
  ];
  return parts.filter(Boolean).join(', ');
}
