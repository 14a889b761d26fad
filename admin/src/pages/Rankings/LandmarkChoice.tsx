import { Box, Flex, Typography } from '@strapi/design-system';
import { useId } from 'react';
import { styled } from 'styled-components';
import type { Landmark } from '../../../../server/src/ranking/api-types';
import { Note } from '../../components/Note';
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
  const name = useId();
  const { meaning } = landmarkWords(chosen, text, format);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={{ initial: 2, medium: 4 }} wrap="wrap" alignItems="center">
        <Segments>
          <legend>{text('clv.landmark.label')}</legend>
          {landmarks.map((landmark) => (
            <label key={landmark}>
              <input
                type="radio"
                name={name}
                checked={landmark === chosen}
                onChange={() => onChoose(landmark)}
              />
              <span>{landmarkWords(landmark, text, format).name}</span>
            </label>
          ))}
        </Segments>
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

const Segments = styled.fieldset`
  display: inline-flex;
  flex-wrap: wrap;
  margin: 0;
  padding: 2px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 6px;
  background: ${({ theme }) => theme.colors.neutral0};

  legend {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  label {
    position: relative;
  }

  input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  span {
    display: block;
    padding: 0.6rem 1.2rem;
    border-radius: 4px;
    font-size: 1.3rem;
    line-height: 2rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  input:hover + span {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  input:checked + span {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  input:focus-visible + span {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }
`;
