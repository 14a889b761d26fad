import { Typography } from '@strapi/design-system';
import type { Balance } from '../../../../server/src/ranking/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { LovePlot } from '../../components/charts/LovePlot';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { traitName } from '../../trait-words';
import type { RankedProps } from './ItemView';

/** Differences up to a tenth of a standard deviation are commonly taken for balance. */
const SMALL = 0.1;

const REFUSED: Record<'no overlap' | 'little overlap', MessageId> = {
  'no overlap': 'clv.item.refused.none',
  'little overlap': 'clv.item.refused.little',
};

/** How alike readers and others are, before and after they are compared with those like them. */
export function BalanceCard({ ranked: { detail, item } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  if (!detail || detail.balance.length === 0) return null;
  const { effective, withoutMatch, refused } = detail;
  return (
    <ChartFrame title={text('clv.item.balance')} summary={<BalanceWords balance={detail.balance} />}>
      <BalancePlot balance={detail.balance} />
      <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={3}>
        {refused
          ? text(REFUSED[refused])
          : text('clv.item.overlap', {
              readers: format.integer(Math.round(effective.exposed)),
              others: format.integer(Math.round(effective.unexposed)),
              without: withoutMatch,
              of: item.exposed,
            })}{' '}
        {text('clv.item.balance.note')}
      </Typography>
    </ChartFrame>
  );
}

/** "2 of 6 traits differed by more than 0.1 before; none does after." */
export function BalanceWords({ balance }: { balance: Balance[] }) {
  const text = useText();
  const over = (which: 'before' | 'after') =>
    balance.filter((one) => Math.abs(one[which] ?? 0) > SMALL).length;
  return (
    <>{text('clv.item.balance.what', { before: over('before'), after: over('after'), of: balance.length })}</>
  );
}

export function BalancePlot({ balance }: { balance: Balance[] }) {
  const text = useText();
  const format = useFormats();
  const rows = [...balance]
    .sort((a, b) => Math.abs(b.before ?? 0) - Math.abs(a.before ?? 0))
    .map(({ trait, before, after }) => ({
      name: traitName(trait, text),
      before,
      after,
      figure: text('clv.item.balance.figure', {
        before: format.coefficient(before),
        after: format.coefficient(after),
      }),
    }));
  return (
    <LovePlot
      label={text('clv.item.balance')}
      names={[text('clv.item.balance.before'), text('clv.item.balance.after')]}
      rows={rows}
      limit={SMALL}
      tick={(value) => (value === 0 ? '0' : format.score(value))}
    />
  );
}
