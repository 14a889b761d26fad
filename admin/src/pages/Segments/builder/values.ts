import type { SegmentField, SegmentOptions } from '../../../../../server/src/activation/segments/api-types';

/** What can be chosen of a field with choices; nothing of the others. */
export function valuesOf(field: SegmentField, options: SegmentOptions): readonly string[] {
  switch (field) {
    case 'kind':
      return ['customer', 'prospect'];
    case 'tier':
      return options.tiers;
    case 'stage':
      return options.stages;
    case 'channel':
      return options.channels;
    case 'crmSegment':
      return options.crmSegments;
    case 'company':
      return options.companies;
    case 'productLine':
      return options.productLines;
    default:
      return [];
  }
}
