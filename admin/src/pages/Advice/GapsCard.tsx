import { Typography } from '@strapi/design-system';
import type { AdviceReport } from '../../../../server/src/ranking/advice/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { type Row, Rows } from '../../components/charts/Rows';
import { type Formats, useFormats } from '../../format';
import { type Text, useText } from '../../text';
import type { AdviceProps } from './AdviceView';
import { Evidence, Suggestion, Suggestions, useGroupWords } from './Suggestion';

type Gaps = AdviceReport['gaps'];

/** Subjects that people of high value read much of, while there is little of it. */
export function GapsCard({ report: { gaps }, names }: AdviceProps) {
  const text = useText();
  const format = useFormats();
  const groupWords = useGroupWords();
  const { found, readers: of, tier, months } = gaps;
  const summary =
    tier === null
      ? text('clv.advice.gaps.summary.tenth', { months })
      : text('clv.advice.gaps.summary.tier', { tier, months });
  return (
    <ChartFrame title={text('clv.advice.gaps.title')} summary={summary}>
      {found.length === 0 ? (
        <Typography textColor="neutral700">{nothingWords(gaps, text)}</Typography>
      ) : (
        <Suggestions>
          {found.map((gap) => {
            const { dimension, value, multiple, readers, qValue, contentIds } = gap;
            const words = groupWords({ dimension, value });
            return (
              <Suggestion
                key={`${dimension} ${value}`}
                {...words}
                figure={format.multiple(multiple.value)}
                against={text('clv.advice.gaps.multiple')}
                interval={text('clv.interval', {
                  low: format.multiple(multiple.low),
                  high: format.multiple(multiple.high),
                })}
                counts={text('clv.advice.gaps.counts', { readers, of, q: format.probability(qValue) })}
              >
                <Rows label={words.name} mark="bar" rows={sharesOf(gap, text, format)} />
                <Evidence
                  label={text('clv.advice.gaps.there')}
                  pieces={contentIds.map((contentId) => ({ contentId, title: names.title(contentId) }))}
                />
              </Suggestion>
            );
          })}
        </Suggestions>
      )}
    </ChartFrame>
  );
}

function nothingWords({ readers, needed, asked }: Gaps, text: Text): string {
  if (readers < needed) return text('clv.advice.gaps.few', { n: readers, needed });
  return asked === 0 ? text('clv.advice.gaps.few-groups') : text('clv.advice.gaps.none', { asked });
}

/** How much of the catalogue it is, beside how much of the reading. */
function sharesOf(gap: Gaps['found'][number], text: Text, format: Formats): Row[] {
  const { pieces, shareOfPieces, shareOfReading, shareOfOthers } = gap;
  const rows: Row[] = [
    {
      key: 'pieces',
      name: text('clv.advice.gaps.pieces', { n: pieces }),
      value: shareOfPieces,
      figure: format.percent(shareOfPieces),
      color: 'plain',
    },
    {
      key: 'reading',
      name: text('clv.advice.gaps.reading'),
      ...shareOfReading,
      figure: format.percent(shareOfReading.value),
      interval: text('clv.interval', {
        low: format.percent(shareOfReading.low),
        high: format.percent(shareOfReading.high),
      }),
    },
  ];
  if (shareOfOthers === null) return rows;
  const others = { value: shareOfOthers, figure: format.percent(shareOfOthers), striped: true };
  return [...rows, { key: 'others', name: text('clv.advice.gaps.others'), ...others }];
}
