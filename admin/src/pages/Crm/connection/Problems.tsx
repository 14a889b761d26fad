import { Flex, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ConnectionDetail, ProblemPage } from '../../../../../server/src/crm/sync/api-types';
import { Choice } from '../../../components/Choice';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { Nothing } from '../../../components/Nothing';
import { Pager } from '../../../components/Pager';
import { PlainTable } from '../../../components/PlainTable';
import { TableSkeleton } from '../../../components/Skeleton';
import { useFormats } from '../../../format';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { columnWords } from '../columns';
import { crm } from '../crm-api';
import { STREAM_NAME } from '../words';

/** As the server gives them. */
const PAGE_SIZE = 50;

/** Records of the CRM that could not be taken: what is wrong with each, and the way to put it right. */
export function Problems({ connection }: { connection: ConnectionDetail }) {
  const text = useText();
  const [params, setParams] = useSearchParams();
  const page = Number(params.get('page')) || 1;
  const stream = params.get('stream') ?? undefined;
  const query = { page, stream };
  const { data, error, reload } = useResource(`crm problems ${connection.id} ${JSON.stringify(query)}`, () =>
    crm.problems(connection.id, query),
  );
  const to = (change: Record<string, string>) =>
    `?${new URLSearchParams({ show: 'problems', ...(stream && { stream }), ...change })}`;
  if (error) return <ErrorState title={text('clv.crm.problems.error')} error={error} retry={reload} />;
  if (!data) return <TableSkeleton rows={4} />;
  const { problems, total } = data;
  // What a sender brings is neither pulled nor mapped.
  const listens = connection.capabilities.pull.length === 0;
  if (total === 0 && !stream) return <Nothing>{text('clv.crm.problems.none')}</Nothing>;
  return (
    <Card as="div">
      <Flex justifyContent="space-between" gap={4} wrap="wrap" alignItems="flex-end">
        <Typography textColor="neutral700" maxWidth="72rem">
          {text(listens ? 'clv.crm.problems.what.sent' : 'clv.crm.problems.what')}
        </Typography>
        <Choice
          label={text('clv.crm.runs.stream')}
          all={text('clv.crm.stream.all')}
          value={stream}
          options={connection.capabilities.pull.map((name) => [name, text(STREAM_NAME[name])])}
          onChange={(chosen) => setParams({ show: 'problems', ...(chosen && { stream: chosen }) })}
        />
      </Flex>
      {problems.length === 0 ? (
        <Typography textColor="neutral700">{text('clv.nothing.filtered')}</Typography>
      ) : (
        <PlainTable label={text('clv.crm.problems')}>
          <thead>
            <tr>
              <th scope="col">{text('clv.crm.problems.record')}</th>
              <th scope="col">{text('clv.crm.problems.reason')}</th>
              <th scope="col">{text('clv.crm.problems.since')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem) => (
              <Row key={`${problem.stream} ${problem.recordId}`} problem={problem} sent={listens} />
            ))}
          </tbody>
        </PlainTable>
      )}
      <Pager
        label={text('clv.crm.problems.pages')}
        pagination={{ page, pageSize: PAGE_SIZE, pageCount: Math.ceil(total / PAGE_SIZE), total }}
        to={(n) => to({ page: String(n) })}
      />
    </Card>
  );
}

function Row({ problem, sent }: { problem: ProblemPage['problems'][number]; sent: boolean }) {
  const text = useText();
  const format = useFormats();
  const { stream, recordId, customerId, field, reason, raw, firstAt, lastAt } = problem;
  const words = field === null ? null : columnWords(stream, field);
  return (
    <tr>
      <td>
        <code>{recordId}</code>
        <Small>{text(STREAM_NAME[stream])}</Small>
        {customerId && <Small>{text('clv.crm.problems.customer', { id: customerId })}</Small>}
      </td>
      <td className="wrap">
        {reason}
        {words && (
          <Small>
            {text(sent ? 'clv.crm.problems.fix.sent' : 'clv.crm.problems.fix', { column: text(words.name) })}
          </Small>
        )}
        {raw && (
          <Raw>
            <summary>{text('clv.crm.problems.raw')}</summary>
            <pre>{JSON.stringify(raw, null, 2)}</pre>
          </Raw>
        )}
      </td>
      <td title={`${format.dateTime(firstAt)} – ${format.dateTime(lastAt)}`}>{format.ago(firstAt)}</td>
    </tr>
  );
}

const Small = styled.span`
  display: block;
  margin-top: 0.2rem;
  font-size: 1.2rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Raw = styled.details`
  margin-top: 0.6rem;

  summary {
    font-size: 1.2rem;
    color: ${({ theme }) => theme.colors.primary600};
    cursor: pointer;
  }

  pre {
    margin-top: 0.4rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    font-size: 1.2rem;
    line-height: 1.8rem;
  }
`;
