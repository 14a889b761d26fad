import { Flex, Typography } from '@strapi/design-system';
import type { SegmentDetail } from '../../../../../server/src/activation/segments/api-types';
import { Badge } from '../../../components/Badge';
import { Card } from '../../../components/charts/ChartFrame';
import { FactList } from '../../../components/FactList';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { MembershipBadge } from '../MembershipBadge';
import { sentenceOf } from '../sentence';
import { useWords } from '../titles';

/** What a segment is called, whom it means in a sentence, and where it goes. */
export function Head({ detail: { segment, figures } }: { detail: SegmentDetail }) {
  const text = useText();
  const format = useFormats();
  const words = useWords(segment.rules, figures?.currency ?? 'EUR');
  const { name, slug, description, membership, toCrm, computedAt } = segment;
  const facts: [string, string][] = [
    [
      text('clv.segments.computed'),
      computedAt === null ? text('clv.segments.computed.not') : format.dateTime(computedAt),
    ],
    [text('clv.segments.slug'), slug],
  ];
  return (
    <Card aria-label={name}>
      <Flex gap={3} wrap="wrap">
        {/* The page's heading has the name too, for whoever goes by headings. */}
        <Typography tag="p" variant="beta" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{name}</bdi>
        </Typography>
        <MembershipBadge membership={membership} />
        {segment.public && <Badge $tone="secondary">{text('clv.segments.to.pages')}</Badge>}
        {toCrm && <Badge $tone="secondary">{text('clv.segments.to.crm')}</Badge>}
      </Flex>
      {description && (
        <Typography textColor="neutral700" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {description}
        </Typography>
      )}
      <Typography tag="p" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {sentenceOf(segment.rules, words)}
      </Typography>
      <FactList>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </FactList>
    </Card>
  );
}
