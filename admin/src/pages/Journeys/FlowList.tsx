import { Box, Typography } from '@strapi/design-system';
import type { Flow } from '../../../../server/src/ranking/journeys/api-types';
import { type Row, Rows } from '../../components/charts/Rows';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { Names } from './names';

/** The steps under each other, where there is no room for a river. */
export function FlowList({ flow, names }: { flow: Flow; names: Names }) {
  const text = useText();
  const format = useFormats();
  const steps = [...new Set(flow.nodes.map(({ step }) => step))].sort((a, b) => a - b);
  const last = steps.at(-1);
  return (
    <>
      {steps.map((step) => {
        const title =
          step === last ? text('clv.journeys.step.now') : text('clv.journeys.step', { n: step + 1 });
        const rows = flow.nodes
          .filter((node) => node.step === step)
          .toSorted((a, b) => b.persons - a.persons)
          .map(
            ({ key, persons }): Row => ({
              key: String(key),
              name: names.key(key),
              value: persons,
              figure: format.integer(persons),
              interval: format.percent(persons / flow.persons),
              color: key === 'ordered' ? 'good' : typeof key === 'number' ? 'first' : 'plain',
            }),
          );
        return (
          <Box key={step} paddingBottom={4}>
            <Typography tag="h4" variant="sigma" textColor="neutral600">
              {title}
            </Typography>
            <Rows label={title} rows={rows} mark="bar" />
          </Box>
        );
      })}
    </>
  );
}
