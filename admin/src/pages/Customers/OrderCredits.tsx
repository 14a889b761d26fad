import { Box, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { OrderAttribution } from '../../../../server/src/ranking/attribution/api-types';
import { api } from '../../api';
import { Card, FiguresTable } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { useFormats } from '../../format';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { MODEL_NAME } from '../Attribution/model-words';
import type { CustomerProps } from './CustomerPage';

/** How one of the person's orders is credited to what they touched before it; asked for only when one is chosen. */
export function OrderCredits({ detail: { timeline }, timezone }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const [orderId, choose] = useState<string | null>(null);
  const { data, error, reload } = useResource(orderId && `order ${orderId}`, () =>
    api.orderCredits(orderId!),
  );
  const orders = timeline.filter(({ kind }) => kind === 'order');
  if (orders.length === 0) return null;
  const title = text('clv.order-credit');
  return (
    <Card aria-label={title}>
      <Typography tag="h3" variant="delta">
        {title}
      </Typography>
      <Box maxWidth="40rem">
        <SingleSelect
          size="S"
          aria-label={text('clv.order-credit.order')}
          placeholder={text('clv.order-credit.choose')}
          value={orderId ?? undefined}
          onChange={(chosen) => choose(String(chosen))}
        >
          {orders.map(({ label, at, amount, currency }) => (
            <SingleSelectOption key={label} value={label}>
              {[format.day(at, timezone), label, currency && format.money(amount, currency, 0)]
                .filter(Boolean)
                .join(' · ')}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
      {error ? (
        <ErrorState title={text('clv.order-credit.error')} error={error} retry={reload} />
      ) : (
        <div aria-live="polite">{data && <Credits order={data} timezone={timezone} />}</div>
      )}
    </Card>
  );
}

function Credits({ order, timezone }: { order: OrderAttribution; timezone: string }) {
  const text = useText();
  const format = useFormats();
  const { journey, models, amount, refunded, currency, lookbackDays, identifiedAt, dealCreatedAt, at } =
    order;
  const money = (value: number) => format.money(value, currency, 0);
  const day = (time: number) => format.day(time, timezone);
  if (journey.length === 0) {
    return (
      <Typography tag="p" textColor="neutral700">
        {text('clv.order-credit.nothing', { days: lookbackDays })}
      </Typography>
    );
  }
  const titles = new Map(journey.map(({ contentId, title }) => [contentId, title]));
  const creditOf = (contentId: number, { credits }: OrderAttribution['models'][number]) =>
    money(credits.find((credit) => credit.contentId === contentId)?.revenue ?? 0);
  const told = [
    text('clv.order-credit.journey', {
      n: journey.length,
      from: day(journey[0]!.at),
      to: day(journey.at(-1)!.at),
      days: lookbackDays,
    }),
    identifiedAt !== null &&
      identifiedAt <= at &&
      text('clv.order-credit.identified', { day: day(identifiedAt) }),
    dealCreatedAt !== null &&
      dealCreatedAt <= at &&
      text('clv.order-credit.deal', { day: day(dealCreatedAt) }),
    refunded > 0 && text('clv.order-credit.refunded', { amount: money(refunded) }),
  ];
  return (
    <>
      <Typography tag="p" textColor="neutral700" paddingBottom={3}>
        {told.filter(Boolean).join(' ')}
      </Typography>
      <FiguresTable
        label={text('clv.order-credit')}
        table={{
          columns: [
            { label: text('clv.attribution.item'), wrap: true },
            ...models.map(({ model }) => ({ label: text(MODEL_NAME[model]), end: true })),
          ],
          rows: [...titles].map(([contentId, title]) => [
            title,
            ...models.map((model) => creditOf(contentId, model)),
          ]),
          total: [text('clv.order-credit.total'), ...models.map(() => money(amount))],
        }}
      />
    </>
  );
}
