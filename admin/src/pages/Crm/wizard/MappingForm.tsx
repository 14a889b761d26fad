import { Box, Typography } from '@strapi/design-system';
import { useId } from 'react';
import { styled } from 'styled-components';
import type { CheckResult, Mapping, Stream } from '../../../../../server/src/crm/sync/api-types';
import { useText } from '../../../text';
import { columnWords, inOrder, mappedStreams } from '../columns';
import { STREAM_NAME } from '../words';
import { PropertyChoice } from './PropertyChoice';

interface MappingFormProps {
  check: CheckResult;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Which property of the CRM fills each column, stream by stream; only what differs from the usual is kept. */
export function MappingForm({ check, mapping, onChange }: MappingFormProps) {
  const text = useText();

  function change(stream: Stream, column: string, property: string | null) {
    const { [column]: _, ...others } = mapping[stream] ?? {};
    const usual = check.columns[stream][column] === property;
    onChange({ ...mapping, [stream]: usual ? others : { ...others, [column]: property } });
  }

  return mappedStreams(check.columns).map((stream) => (
    <Box key={stream} tag="section" aria-label={text(STREAM_NAME[stream])}>
      <Typography tag="h4" fontWeight="bold" textColor="neutral800">
        {text(STREAM_NAME[stream])}
      </Typography>
      <Rows>
        {inOrder(stream, Object.keys(check.columns[stream])).map((column) => {
          const own = mapping[stream]?.[column];
          return (
            <Column
              key={column}
              stream={stream}
              column={column}
              fields={check.fields[stream]}
              value={own === undefined ? (check.columns[stream][column] ?? null) : own}
              onChange={(property) => change(stream, column, property)}
            />
          );
        })}
      </Rows>
    </Box>
  ));
}

interface ColumnProps {
  stream: Stream;
  column: string;
  fields: CheckResult['fields'][Stream];
  value: string | null;
  onChange: (property: string | null) => void;
}

function Column({ stream, column, fields, value, onChange }: ColumnProps) {
  const text = useText();
  const id = useId();
  const words = columnWords(stream, column);
  const name = words ? text(words.name) : column;
  return (
    <li>
      <div>
        <b>{name}</b>
        <p id={id}>{words ? text(words.what) : <code>{column}</code>}</p>
      </div>
      <PropertyChoice label={name} describedBy={id} fields={fields} value={value} onChange={onChange} />
    </li>
  );
}

const Rows = styled.ul`
  margin: 0.8rem 0 0;
  padding: 0;
  list-style: none;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral800};

  > li {
    display: grid;
    gap: 0.8rem 3.2rem;
    align-items: center;
    padding: 1.2rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  ${({ theme }) => theme.breakpoints.medium} {
    > li {
      grid-template-columns: minmax(0, 1fr) minmax(0, 36rem);
    }
  }

  b {
    font-weight: 600;
  }

  p {
    font-size: 1.3rem;
    line-height: 1.8rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
