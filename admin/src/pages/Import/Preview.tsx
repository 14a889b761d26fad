import { Box, Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ImportPreview } from '../../../../server/src/crm/api-types';
import { Note } from '../../components/Note';
import { PlainTable } from '../../components/PlainTable';
import { useText } from '../../text';

const LISTED = 20;

/** What a file holds before anything of it is stored. */
export function Preview({ preview, actions }: { preview: ImportPreview; actions: ReactNode }) {
  const text = useText();
  const { columns, rows, rejected, sample } = preview;
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 6 }}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Box>
            <Typography variant="delta" fontWeight="bold" tag="h3">
              {text('clv.preview.title')}
            </Typography>
            <Typography tag="p" textColor="neutral600" role="status">
              {text('clv.preview.rows', { good: rows - rejected, rows })}
            </Typography>
          </Box>
          {actions}
        </Flex>
        {columns.missing.length > 0 ? (
          <Note tone="danger" title={text('clv.preview.missing', { n: columns.missing.length })}>
            {columns.missing.join(', ')}. {text('clv.preview.missing.what')}
          </Note>
        ) : (
          rows === 0 && <Note tone="warning">{text('clv.preview.empty')}</Note>
        )}
        <Columns label={text('clv.preview.used')} names={columns.used} />
        <Columns label={text('clv.preview.ignored')} names={columns.ignored} faint />
        {rejected > 0 && <Problems preview={preview} />}
        {sample.length > 0 && (
          <Box>
            <Typography tag="h4" variant="pi" fontWeight="bold" textColor="neutral700">
              {text('clv.preview.sample', { n: sample.length })}
            </Typography>
            <Box paddingTop={2}>
              <PlainTable label={text('clv.preview.sample', { n: sample.length })} tall>
                <thead>
                  <tr>
                    {columns.used.map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {sample.map((row, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place
                    <tr key={index}>
                      {columns.used.map((name) => (
                        <td key={name} dir="auto">
                          {row[name]}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </PlainTable>
            </Box>
          </Box>
        )}
      </Flex>
    </Box>
  );
}

function Columns({ label, names, faint = false }: { label: string; names: string[]; faint?: boolean }) {
  if (names.length === 0) return null;
  return (
    <Flex gap={2} wrap="wrap">
      <Typography variant="pi" fontWeight="bold" textColor="neutral700">
        {label}
      </Typography>
      {names.map((name) => (
        <Name key={name} $faint={faint} dir="auto">
          {name}
        </Name>
      ))}
    </Flex>
  );
}

const Name = styled.code<{ $faint: boolean }>`
  padding: 0.1rem 0.6rem;
  border-radius: 3px;
  font-size: 1.2rem;
  line-height: 1.8rem;
  overflow-wrap: anywhere;
  color: ${({ theme, $faint }) => ($faint ? theme.colors.neutral600 : theme.colors.neutral800)};
  border: 1px ${({ $faint }) => ($faint ? 'dashed' : 'solid')} ${({ theme }) => theme.colors.neutral200};
`;

function Problems({ preview: { problems, rejected } }: { preview: ImportPreview }) {
  const text = useText();
  const listed = problems.slice(0, LISTED);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Note tone="warning" title={text('clv.preview.problems', { n: rejected })}>
        {text('clv.preview.problems.what')}
      </Note>
      <PlainTable label={text('clv.preview.problems', { n: rejected })} tall>
        <thead>
          <tr>
            <th scope="col">{text('clv.preview.row')}</th>
            <th scope="col">{text('clv.preview.column')}</th>
            <th scope="col">{text('clv.preview.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ row, field, reason }) => (
            <tr key={`${row} ${field}`}>
              <td>{row}</td>
              <td>{field}</td>
              <td className="wrap">{reason}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {rejected > listed.length && (
        <Typography variant="pi" textColor="neutral600">
          {text('clv.preview.more', { n: rejected - listed.length })}
        </Typography>
      )}
    </Flex>
  );
}
