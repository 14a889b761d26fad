import { Box, Button } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { useClipboard } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text';

const DONE_MS = 2000;

/** Code to copy. */
export function Snippet({ code, label }: { code: string; label: string }) {
  const text = useText();
  const { copy } = useClipboard();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), DONE_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);

  return (
    <Box background="neutral100" borderColor="neutral200" hasRadius overflow="hidden">
      <Code tabIndex={0} role="region" aria-label={label}>
        {code}
      </Code>
      <Box
        padding={2}
        borderStyle="solid"
        borderWidth="1px 0 0 0"
        borderColor="neutral200"
        background="neutral0"
      >
        <Button
          size="S"
          variant="tertiary"
          startIcon={copied ? <Check /> : <Duplicate />}
          onClick={async () => setCopied(await copy(code))}
        >
          <span aria-live="polite">{text(copied ? 'clv.copy.done' : 'clv.copy.do')}</span>
        </Button>
      </Box>
    </Box>
  );
}

const Code = styled.pre`
  margin: 0;
  padding: 1.6rem;
  overflow-x: auto;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 1.3rem;
  line-height: 1.9rem;
  color: ${({ theme }) => theme.colors.neutral800};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
