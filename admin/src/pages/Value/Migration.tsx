import { Typography } from '@strapi/design-system';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { HeatTable } from '../../components/charts/HeatTable';
import { tierName } from '../../components/tier-words';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';
import { directions, matrixOf } from './tier-moves';

/** Who went from which tier to which since the run before, and what went with it. */
export function Migration({ run, report: { tiers } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const { moves, previousRunAt } = tiers;
  const title = text('clv.moves.title');
  if (!moves || previousRunAt === null)
    return (
      <ChartFrame title={title}>
        <Typography textColor="neutral600">{text('clv.moves.none')}</Typography>
      </ChartFrame>
    );
  const names = tiers.rows.map(({ tier }) => tier);
  const matrix = matrixOf(moves, names).filter(({ people }) => people.some((n) => n > 0));
  const nameOf = (tier: string | null) => (tier === null ? text('clv.moves.new') : tierName(tier, text));
  const { up, down, same } = directions(moves, names);

  return (
    <ChartFrame
      title={title}
      summary={text('clv.moves.summary', {
        up,
        down,
        same,
        date: format.day(previousRunAt, run.timezone),
      })}
      table={{
        columns: [
          { label: text('clv.moves.from') },
          { label: text('clv.moves.to') },
          { label: text('clv.column.people'), end: true },
          { label: text('clv.moves.orders'), end: true },
          { label: text('clv.moves.revenue'), end: true },
          { label: text('clv.moves.touches'), end: true },
        ],
        rows: [...moves]
          .sort((a, b) => b.people - a.people)
          .map((move) => [
            nameOf(move.from),
            nameOf(move.to),
            format.integer(move.people),
            format.score(move.orders),
            format.money(move.revenue, run.currency),
            format.score(move.touches),
          ]),
      }}
    >
      <HeatTable
        label={title}
        corner={text('clv.moves.corner')}
        columns={names.map(nameOf)}
        rows={matrix.map(({ from, people }) => {
          const all = people.reduce((sum, n) => sum + n, 0);
          return {
            key: from ?? '',
            name: nameOf(from),
            cells: people.map((n, column) => ({
              share: all > 0 ? n / all : 0,
              text: n === 0 ? '–' : format.integer(n),
              outlined: names[column] === from,
            })),
          };
        })}
      />
      <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={2}>
        {text('clv.moves.note')}
      </Typography>
    </ChartFrame>
  );
}
