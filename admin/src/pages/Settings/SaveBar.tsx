import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { SettingPath } from '../../../../server/src/settings/api-types';
import { useFormats } from '../../format';
import { useProblemText } from '../../problem';
import { useText } from '../../text';
import type { Draft } from './draft';
import { previewSentences } from './preview-words';
import { TiersTable } from './TiersTable';

interface SaveBarProps {
  draft: Draft;
  saving: boolean;
  onSave: () => void;
}

/** Stays at the lower edge of the window while something is not saved: what it would change, and the two ways on. */
export function SaveBar({ draft, saving, onSave }: SaveBarProps) {
  const text = useText();
  const format = useFormats();
  const problemText = useProblemText();
  const [details, setDetails] = useState(false);
  const { preview, count, failure } = draft;
  const paths = Object.keys(draft.values) as SettingPath[];
  const wrong = paths.some((path) => draft.error(path)) || draft.error('tiers.cuts') !== undefined;
  const sentences = preview ? previewSentences(preview, paths, { text, format }) : [];
  const [first, ...others] = sentences;
  const tiers = preview?.tiers && preview.tiers.unknown === null ? preview.tiers : null;
  const more = others.length > 0 || tiers !== null;
  return (
    <Bar aria-label={text('clv.settings.unsaved', { count })}>
      <Flex gap={4} justifyContent="space-between" alignItems="flex-start" wrap="wrap">
        <Said>
          <Typography tag="p" fontWeight="bold">
            {text('clv.settings.unsaved', { count })}
          </Typography>
          <Typography tag="p" textColor="neutral700" role="status">
            {failure
              ? problemText(failure)
              : wrong
                ? text('clv.settings.wrong')
                : (first ?? text('clv.settings.preview.asking'))}
          </Typography>
        </Said>
        <Flex gap={2} wrap="wrap">
          {more && (
            <Button variant="tertiary" aria-expanded={details} onClick={() => setDetails(!details)}>
              {text(details ? 'clv.settings.preview.less' : 'clv.settings.preview.more')}
            </Button>
          )}
          <Button variant="tertiary" onClick={draft.discard} disabled={saving}>
            {text('clv.settings.discard')}
          </Button>
          <Button onClick={onSave} loading={saving} disabled={wrong || saving}>
            {text('clv.settings.save')}
          </Button>
        </Flex>
      </Flex>
      {details && more && (
        <Details tabIndex={0} role="region" aria-label={text('clv.settings.preview.more')}>
          {others.length > 0 && (
            <ul>
              {others.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          {tiers && <TiersTable tiers={tiers} />}
        </Details>
      )}
    </Bar>
  );
}

const Bar = styled.section`
  position: sticky;
  bottom: 0;
  z-index: 2;
  padding: 1.6rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;

const Said = styled.div`
  flex: 1 1 32rem;
  min-width: 0;
`;

const Details = styled.div`
  max-height: min(36rem, 45vh);
  margin-top: 1.2rem;
  overflow: auto;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  ul {
    margin: 0 0 1.2rem;
    padding-left: 2rem;
    list-style: disc;
  }
`;
