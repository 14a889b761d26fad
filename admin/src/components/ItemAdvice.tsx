import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { api } from '../api';
import { useFormats } from '../format';
import { useLast, useResource } from '../resource';
import { useText } from '../text';
import { sentenceWords, trendWords } from './advice-words';

interface ItemAdviceProps {
  contentId: number;
  landmark: string;
}

/**
 * What an item's figures say, in one plain sentence, and whether it is fading or rising. Nothing stands here while it is on
 * its way, or when the latest run has no word on the item: whoever shows it has the figures.
 */
export function ItemAdvice({ contentId, landmark }: ItemAdviceProps) {
  const text = useText();
  const format = useFormats();
  const { data } = useResource(`item advice ${contentId}`, () => api.itemAdvice(contentId), 60_000);
  const answer = useLast(data);
  const sentence = answer?.advice?.sentences[landmark];
  if (!answer?.advice || !sentence) return null;
  const { trend } = answer.advice;
  return (
    <Aside aria-label={text('clv.advice.item.title')}>
      <Typography tag="p" variant="epsilon" textColor="neutral800">
        {sentenceWords(sentence, answer.currency, text, format)}
      </Typography>
      {trend && (
        <Box paddingTop={2}>
          <Typography tag="p" textColor="neutral700">
            {trendWords(trend, text, format)}
          </Typography>
        </Box>
      )}
      {answer.failedChecks.includes(landmark) && (
        <Box paddingTop={2}>
          <Typography tag="p" textColor="neutral800" fontWeight="bold">
            {text('clv.advice.item.failed')}
          </Typography>
        </Box>
      )}
    </Aside>
  );
}

const Aside = styled.section`
  max-width: 84rem;
  padding: 0.4rem 0 0.4rem 1.6rem;
  border-inline-start: 4px solid ${({ theme }) => theme.colors.primary500};
`;
