import { Typography } from '@strapi/design-system';
import type { AdviceReport } from '../../../../server/src/ranking/advice/api-types';
import { changeWords } from '../../components/advice-words';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Sparkline } from '../../components/charts/Sparkline';
import { useFormats } from '../../format';
import { type MessageId, type Text, useText } from '../../text';
import { itemPath } from '../Rankings/ItemTitle';
import type { AdviceProps } from './AdviceView';
import { PieceLink, Suggestion, Suggestions } from './Suggestion';

type Direction = 'fading' | 'rising';

const WORDS: Record<Direction, { title: MessageId; summary: MessageId; none: MessageId }> = {
  fading: {
    title: 'clv.advice.fading.title',
    summary: 'clv.advice.fading.summary',
    none: 'clv.advice.trend.none.fading',
  },
  rising: {
    title: 'clv.advice.rising.title',
    summary: 'clv.advice.rising.summary',
    none: 'clv.advice.trend.none.rising',
  },
};

/** Winners whose new readers come in otherwise than those of pieces of like age. */
export function TrendsCard({ report, names, direction }: AdviceProps & { direction: Direction }) {
  const text = useText();
  const format = useFormats();
  const { trends, landmark } = report;
  const { weeks } = trends;
  const found = trends[direction];
  const words = WORDS[direction];
  return (
    <ChartFrame title={text(words.title)} summary={text(words.summary, { weeks })}>
      {found.length === 0 ? (
        <Typography textColor="neutral700">{nothingWords(trends, words.none, text)}</Typography>
      ) : (
        <Suggestions>
          {found.map((trend) => {
            const { contentId, relative, typicalRatio, qValue, periods } = trend;
            return (
              <Suggestion
                key={contentId}
                name={<PieceLink to={itemPath(contentId, landmark)}>{names.title(contentId)}</PieceLink>}
                figure={format.multiple(relative.value)}
                against={text('clv.advice.against-typical')}
                interval={text('clv.interval', {
                  low: format.multiple(relative.low),
                  high: format.multiple(relative.high),
                })}
                counts={text('clv.advice.trend.counts', {
                  recent: trend.recentReaders,
                  before: trend.readersBefore,
                  weeks,
                  typical: format.multiple(typicalRatio),
                  q: format.probability(qValue),
                })}
              >
                <div
                  style={{ display: 'flex', flexWrap: 'wrap', gap: '0.4rem 1.6rem', alignItems: 'center' }}
                >
                  <Sparkline values={periods} />
                  <Typography textColor="neutral800">
                    {text('clv.advice.trend.change', changeWords(trend, format))}
                  </Typography>
                </div>
              </Suggestion>
            );
          })}
        </Suggestions>
      )}
    </ChartFrame>
  );
}

function nothingWords(
  { pieces, needed, asked }: AdviceReport['trends'],
  none: MessageId,
  text: Text,
): string {
  if (pieces < needed) return text('clv.advice.trend.few', { n: pieces, needed });
  return asked === 0 ? text('clv.advice.trend.no-winners') : text(none, { asked });
}
