import type { AttributionModel } from '../../../../server/src/ranking/attribution/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { MODEL_NAME } from '../Attribution/model-words';
import type { RankedProps } from './ItemView';

/** What each attribution model credits to the item. */
export function CreditCard({ page: { attribution } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  if (!attribution) return null;
  const { credits, currency, orders, lookbackDays } = attribution;
  const models = Object.keys(MODEL_NAME) as AttributionModel[];
  const rows = models.map((model) => {
    const credit = credits[model];
    return {
      key: model,
      name: text(MODEL_NAME[model]),
      value: credit?.revenue ?? null,
      figure: credit ? format.money(credit.revenue, currency) : text('clv.item.credits.together'),
      interval:
        credit?.share == null
          ? undefined
          : text('clv.item.credits.share', { share: format.percent(credit.share) }),
    };
  });
  return (
    <ChartFrame
      title={text('clv.item.credits')}
      summary={text('clv.item.credits.what', { n: orders, days: lookbackDays })}
    >
      <Rows label={text('clv.item.credits')} rows={rows} mark="bar" />
    </ChartFrame>
  );
}
