import { Typography } from '@strapi/design-system';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Axis, IntervalBar } from '../../components/IntervalBar';
import { useFormats } from '../../format';
import { excessMeasure } from '../../measure';
import { useText } from '../../text';
import type { AdviceProps } from './AdviceView';
import { Evidence, Suggestion, Suggestions, useGroupWords } from './Suggestion';

/** Topics, authors and kinds whose pieces go with more value than the typical piece. */
export function WorthwhileCard({ report: { worthwhile, comparable, itemsNeeded }, names }: AdviceProps) {
  const text = useText();
  const format = useFormats();
  const groupWords = useGroupWords();
  const measure = excessMeasure(format);
  const { found, asked, groups, piecesNeeded } = worthwhile;
  const scale = measure.scale(found.map(({ excess }) => excess));
  const nothing =
    comparable < itemsNeeded
      ? text('clv.advice.no-typical', { n: comparable, needed: itemsNeeded })
      : asked === 0
        ? text('clv.advice.worthwhile.few', { groups, needed: piecesNeeded })
        : text('clv.advice.worthwhile.none', { asked, needed: piecesNeeded });
  return (
    <ChartFrame title={text('clv.advice.worthwhile.title')} summary={text('clv.advice.worthwhile.summary')}>
      {found.length === 0 ? (
        <Typography textColor="neutral700">{nothing}</Typography>
      ) : (
        <Suggestions>
          {found.map(({ dimension, value, excess, best, qValue, ...counts }) => (
            <Suggestion
              key={`${dimension} ${value}`}
              {...groupWords({ dimension, value })}
              figure={format.share(excess.value)}
              against={text('clv.advice.against-typical')}
              interval={text('clv.interval', {
                low: format.share(excess.low, excess.value),
                high: format.share(excess.high, excess.value),
              })}
              counts={text('clv.advice.worthwhile.counts', { ...counts, q: format.probability(qValue) })}
            >
              <div>
                <Axis scale={scale} measure={measure} sparse />
                <IntervalBar interval={excess} verdict="associated" scale={scale} measure={measure} />
              </div>
              <Evidence
                label={text('clv.advice.worthwhile.best')}
                pieces={best.map((piece) => ({
                  contentId: piece.contentId,
                  title: names.title(piece.contentId),
                  figure: `${format.share(piece.excess.value)} (${text('clv.interval', {
                    low: format.share(piece.excess.low, piece.excess.value),
                    high: format.share(piece.excess.high, piece.excess.value),
                  })})`,
                }))}
              />
            </Suggestion>
          ))}
        </Suggestions>
      )}
    </ChartFrame>
  );
}
