import { kindName } from './format';
import type { MessageId, Text } from './text';

const DIMENSION: Record<string, MessageId> = {
  kind: 'clv.filter.kind',
  locale: 'clv.filter.locale',
  topic: 'clv.group-by.topic',
  author: 'clv.group-by.author',
  category: 'clv.group-by.category',
  tag: 'clv.group-by.tag',
  tags: 'clv.group-by.tag',
};

/** What content belongs to, as people call it; other attributes of a content type by their own name. */
export const dimensionName = (by: string, text: Text): string =>
  DIMENSION[by] ? text(DIMENSION[by]) : kindName(by);
