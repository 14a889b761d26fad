import { Box, Typography } from '@strapi/design-system';
import type { ModelFit } from '../../../../server/src/clv/api-types';
import { Card, FiguresTable } from '../../components/charts/ChartFrame';
import { modelMeaning, modelName } from '../../components/model-words';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { Grid } from '../Value/ReportView';
import { Mark } from './Holdout';
import type { ModelProps } from './ModelView';

/** The parameters of every model that was fitted, with their standard errors. */
export function Parameters({ report }: ModelProps) {
  const { fits, monetary, subscription, chosen } = report;
  const all = [...fits, monetary, subscription].filter((fit) => fit !== null);
  return (
    <Grid>
      {all.map((fit) => (
        <Fit
          key={fit.model}
          fit={fit}
          inUse={fit.model === chosen || fit === monetary || fit === subscription}
        />
      ))}
    </Grid>
  );
}

function Fit({ fit, inUse }: { fit: ModelFit; inUse: boolean }) {
  const text = useText();
  const format = useFormats();
  const trouble = fit.problem ?? (!fit.converged || !fit.identified ? '' : null);
  return (
    <Card aria-label={modelName(fit.model, text)}>
      <div>
        <Typography tag="h3" fontWeight="bold">
          {modelName(fit.model, text)} {inUse && <Mark>{text('clv.holdout.in-use')}</Mark>}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {modelMeaning(fit.model, text)}
        </Typography>
      </div>
      {trouble !== null && (
        <Note
          tone="warning"
          title={text(
            !fit.converged
              ? 'clv.fit.not-converged'
              : !fit.identified
                ? 'clv.fit.not-identified'
                : 'clv.fit.note',
          )}
        >
          <span lang="en">{trouble}</span>
        </Note>
      )}
      <FiguresTable
        label={modelName(fit.model, text)}
        table={{
          columns: [
            { label: text('clv.parameter.name') },
            { label: text('clv.parameter.value'), end: true },
            { label: text('clv.parameter.error'), end: true },
          ],
          rows: fit.parameters.map(({ name, value, standardError }) => [
            name,
            format.significant(value),
            // What was given is not estimated.
            !standardError ? '–' : `± ${format.significant(standardError)}`,
          ]),
        }}
      />
      <Box>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.population.customers', { n: fit.customers })}
          {fit.logLikelihood !== null &&
            ` · ${text('clv.parameter.likelihood', { value: format.coefficient(fit.logLikelihood) })}`}
        </Typography>
      </Box>
    </Card>
  );
}
