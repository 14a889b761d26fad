import { Typography } from '@strapi/design-system';
import { Card } from '../../../components/charts/ChartFrame';
import { useText } from '../../../text';
import { Tick } from '../../Crm/wizard/Tick';
import { NumberField } from '../../Segments/builder/NumberField';
import type { FormPart } from './parts';

/** How soon somebody may get a second message, and who gets none so that its worth can be told. */
export function HowOften({ draft, change, wrong }: FormPart) {
  const text = useText();
  return (
    <Card aria-label={text('clv.triggers.often')}>
      <Typography tag="h3" variant="delta">
        {text('clv.triggers.often')}
      </Typography>
      <div>
        <NumberField
          label={text('clv.triggers.cooldown')}
          unit={text('clv.segments.unit.days')}
          value={draft.cooldownDays}
          error={wrong.cooldownDays ? text(wrong.cooldownDays) : null}
          onChange={(cooldownDays) => change({ cooldownDays })}
        />
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
          {text('clv.triggers.cooldown.what')}
        </Typography>
      </div>
      <div>
        <NumberField
          label={text('clv.triggers.holdout')}
          unit="%"
          value={draft.holdout}
          error={wrong.holdout ? text(wrong.holdout) : null}
          onChange={(holdout) => change({ holdout })}
        />
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1} maxWidth="64rem">
          {text('clv.triggers.holdout.what')}
        </Typography>
      </div>
      <Tick checked={draft.enabled} onChange={(enabled) => change({ enabled })}>
        <b>{text('clv.triggers.enabled')}</b>
        {text('clv.triggers.enabled.what')}
      </Tick>
    </Card>
  );
}
