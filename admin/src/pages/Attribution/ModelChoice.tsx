import { Flex, Typography } from '@strapi/design-system';
import type {
  AttributionModel,
  AttributionReport,
} from '../../../../server/src/ranking/attribution/api-types';
import { Segments } from '../../components/Segments';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { MODEL_NAME, modelMeaning, modelNote } from './model-words';
import { MODELS } from './query';

interface ModelChoiceProps {
  report: AttributionReport;
  chosen: AttributionModel;
  onChoose: (model: AttributionModel) => void;
}

/** Which model the table goes by, and in one sentence what it does. */
export function ModelChoice({ report, chosen, onChoose }: ModelChoiceProps) {
  const text = useText();
  const format = useFormats();
  const note = modelNote(chosen, report, text, format);
  return (
    <Flex direction="column" alignItems="flex-start" gap={3}>
      <Segments
        label={text('clv.attribution.model')}
        value={chosen}
        options={MODELS.map((model) => [model, text(MODEL_NAME[model])])}
        onChange={onChoose}
      />
      <Typography tag="p" textColor="neutral800" aria-live="polite">
        <b>{text(MODEL_NAME[chosen])}</b>
        {': '}
        {modelMeaning(chosen, report, text)}{' '}
        {note && (
          <Typography tag="span" textColor="neutral600">
            {note}
          </Typography>
        )}
      </Typography>
    </Flex>
  );
}
