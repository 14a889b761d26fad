import { Box, Flex, Typography } from '@strapi/design-system';
import type { Landmark } from '../../../../server/src/ranking/api-types';
import { Note } from '../../components/Note';
import { Segments } from '../../components/Segments';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { landmarkWords } from './explain';

interface LandmarkChoiceProps {
  landmarks: Landmark[];
  chosen: Landmark;
  onChoose: (landmark: Landmark) => void;
}

/** Which moment divides reading from value: the question that the ranking answers. */
export function LandmarkChoice({ landmarks, chosen, onChoose }: LandmarkChoiceProps) {
  const text = useText();
  const format = useFormats();
  const { meaning } = landmarkWords(chosen, text, format);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={{ initial: 2, medium: 4 }} wrap="wrap" alignItems="center">
        <Segments
          label={text('clv.landmark.label')}
          value={chosen}
          options={landmarks.map((landmark) => [landmark, landmarkWords(landmark, text, format).name])}
          onChange={onChoose}
        />
        {chosen !== 'all' && (
          <Box flex="1" minWidth="24rem">
            <Typography textColor="neutral600">{meaning}</Typography>
          </Box>
        )}
      </Flex>
      {chosen === 'all' && (
        <Note tone="warning" title={text('clv.landmark.all.caution')}>
          {meaning}
        </Note>
      )}
    </Flex>
  );
}
