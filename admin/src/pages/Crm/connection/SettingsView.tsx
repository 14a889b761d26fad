import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ConnectionDetail, SchemaReport } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { FactList } from '../../../components/FactList';
import { Snippet } from '../../../components/Snippet';
import { kindName, useFormats } from '../../../format';
import { PLUGIN_ID, useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { INSIGHT } from '../words';
import { ConfirmButton } from './ConfirmButton';

interface SettingsViewProps {
  connection: ConnectionDetail;
  onChange: () => void;
}

/** What a connection is set to, where the CRM sends its webhooks, and the ways to switch it off. */
export function SettingsView({ connection, onChange }: SettingsViewProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { account, idPrefix, push, secretsSet, webhookUrl, createdAt, capabilities } = connection;
  const facts: [string, string][] = [
    [text('clv.crm.fact.account'), account.name],
    [text('clv.crm.prefix'), idPrefix],
    [
      text('clv.crm.fact.secrets'),
      secretsSet.length > 0 ? text('clv.crm.fact.secrets.stored', { n: secretsSet.length }) : '–',
    ],
    [
      text('clv.crm.fact.push'),
      push.enabled && capabilities.push
        ? push.fields.map((field) => text(INSIGHT[field].name)).join(', ') || '–'
        : text('clv.crm.fact.push.off'),
    ],
    [
      text('clv.crm.fact.notes'),
      push.enabled && push.noteKinds.length > 0 ? push.noteKinds.map(kindName).join(', ') : '–',
    ],
    [text('clv.crm.fact.since'), format.dateTime(createdAt)],
  ];
  return (
    <>
      <Card aria-label={text('clv.crm.show.settings')}>
        <List>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </List>
      </Card>
      {webhookUrl && (
        <Card as="div">
          <div>
            <Typography tag="h3" variant="delta">
              {text('clv.crm.webhook')}
            </Typography>
            <Typography tag="p" textColor="neutral600">
              {text('clv.crm.webhook.what')}
            </Typography>
          </div>
          <Snippet code={webhookUrl} label={text('clv.crm.webhook')} />
        </Card>
      )}
      {capabilities.push && allowed.crmManage && <Schema connection={connection} />}
      {allowed.crmManage && <Ending connection={connection} onChange={onChange} />}
    </>
  );
}

/** The fields that insights need in the CRM: made there on request, or a list of what somebody must do. */
function Schema({ connection: { id } }: { connection: ConnectionDetail }) {
  const text = useText();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<SchemaReport | null>(null);

  async function ask() {
    setBusy(true);
    await attempt(async () => setReport(await crm.schema(id)));
    setBusy(false);
  }

  return (
    <Card aria-label={text('clv.crm.schema')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.crm.schema')}
        </Typography>
        <Typography tag="p" textColor="neutral600">
          {text('clv.crm.schema.what')}
        </Typography>
      </div>
      <Box role="status">
        {report && (
          <Typography tag="p">
            {text('clv.crm.schema.done', {
              created: report.created.length,
              existing: report.existing.length,
            })}
          </Typography>
        )}
        {report && report.todo.length > 0 && (
          <Todo>
            {report.todo.map((todo) => (
              <li key={todo}>{todo}</li>
            ))}
          </Todo>
        )}
      </Box>
      <Box>
        <Button size="S" variant="secondary" onClick={ask} loading={busy}>
          {text('clv.crm.schema.do')}
        </Button>
      </Box>
    </Card>
  );
}

/** To switch a connection off for a while, or to take it away. */
function Ending({ connection, onChange }: SettingsViewProps) {
  const text = useText();
  const attempt = useAttempt();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const { id, name, enabled } = connection;

  const remove = () =>
    attempt(async () => {
      await crm.remove(id);
      toggleNotification({ type: 'success', message: text('clv.crm.disconnected', { name }) });
      navigate(`/plugins/${PLUGIN_ID}/crm`);
    });
  const turn = (on: boolean) =>
    attempt(async () => {
      await crm.update(id, { enabled: on });
      onChange();
    });

  return (
    <Card aria-label={text('clv.crm.ending')}>
      <Typography tag="h3" variant="delta">
        {text('clv.crm.ending')}
      </Typography>
      <Typography textColor="neutral600">{text('clv.crm.ending.what')}</Typography>
      <Flex gap={2} wrap="wrap">
        {enabled ? (
          <Button variant="tertiary" onClick={() => turn(false)}>
            {text('clv.crm.disable')}
          </Button>
        ) : (
          <Button onClick={() => turn(true)}>{text('clv.crm.enable')}</Button>
        )}
        <ConfirmButton
          variant="danger-light"
          danger
          label={text('clv.crm.disconnect')}
          title={text('clv.crm.disconnect.title', { name })}
          onConfirm={remove}
        >
          {text('clv.crm.disconnect.what')}
        </ConfirmButton>
      </Flex>
    </Card>
  );
}

const List = styled(FactList)`
  div {
    row-gap: 0.2rem;
  }

  div:first-child {
    padding-top: 0;
    border-top: 0;
  }
`;

const Todo = styled.ul`
  margin: 0.8rem 0 0;
  padding-inline-start: 2rem;
  list-style: disc;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral800};
`;
