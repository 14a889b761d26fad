import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { CloudUpload, Download } from '@strapi/icons';
import { type DragEvent, useRef, useState } from 'react';
import { styled } from 'styled-components';
import type { ImportKind } from '../../../../server/src/crm/api-types';
import { download } from '../../api';
import { useAttempt } from '../../problem';
import { useText } from '../../text';
import { KindChoice } from './KindChoice';

interface ChooseFileProps {
  kind: ImportKind;
  onKind: (kind: ImportKind) => void;
  file: File | null;
  onFile: (file: File) => void;
  busy: boolean;
}

/** What the file holds, a template of it, and a place to drop it. */
export function ChooseFile({ kind, onKind, file, onFile, busy }: ChooseFileProps) {
  const text = useText();
  const attempt = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  const template = () => attempt(() => download('/imports/template.csv', { kind }, `${kind}.csv`));

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  }

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 6 }}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <KindChoice kind={kind} onKind={onKind} />
        <Drop
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <CloudUpload width="3.2rem" height="3.2rem" fill="neutral600" aria-hidden />
          <Typography textColor="neutral800" fontWeight="bold" dir="auto">
            {file ? file.name : text('clv.import.drop')}
          </Typography>
          <Typography variant="pi" textColor="neutral600">
            {text(busy ? 'clv.import.reading' : 'clv.import.nothing-yet')}
          </Typography>
          <Button
            variant={file ? 'tertiary' : 'secondary'}
            onClick={() => input.current?.click()}
            loading={busy}
          >
            {text(file ? 'clv.import.choose-other' : 'clv.import.choose')}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv"
            hidden
            aria-label={text('clv.import.choose')}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              // Without this, choosing the same file after correcting it would be no change.
              event.target.value = '';
              if (chosen) onFile(chosen);
            }}
          />
        </Drop>
        <Flex gap={3} wrap="wrap" justifyContent="space-between">
          <Typography variant="pi" textColor="neutral600">
            {text('clv.import.format')}
          </Typography>
          <Button variant="ghost" size="S" startIcon={<Download />} onClick={template}>
            {text('clv.import.template')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

const Drop = styled.div`
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 0.8rem;
  padding: 3.2rem 1.6rem;
  text-align: center;
  border: 1px dashed ${({ theme }) => theme.colors.neutral300};
  border-radius: 6px;
  background: ${({ theme }) => theme.colors.neutral100};

  &[data-over='true'] {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  button {
    margin-top: 0.8rem;
  }
`;
