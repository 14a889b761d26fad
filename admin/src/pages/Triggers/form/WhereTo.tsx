import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { Card } from '../../../components/charts/ChartFrame';
import { kindName } from '../../../format';
import { useText } from '../../../text';
import { Checks, Tick } from '../../Crm/wizard/Tick';
import { TRIGGERS } from '../triggers-api';
import type { FormPart } from './parts';

const toggled = (all: string[], one: string, on: boolean) =>
  on ? [...all, one] : all.filter((other) => other !== one);

/** Where the messages go: to Strapi always, to programs and CRMs on request. */
export function WhereTo({ draft, change, list }: FormPart) {
  const text = useText();
  const { endpoints, connections } = draft;
  return (
    <Card aria-label={text('clv.triggers.where')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.triggers.where')}
        </Typography>
        <Typography tag="p" textColor="neutral600">
          {text('clv.triggers.where.strapi', { event: `clv.${draft.kind ?? '*'}` })}
        </Typography>
      </div>
      <Checks>
        <legend>{text('clv.triggers.webhooks')}</legend>
        {list.endpoints.map(({ id, name, url, enabled }) => (
          <Tick
            key={id}
            checked={endpoints.includes(id)}
            onChange={(on) => change({ endpoints: toggled(endpoints, id, on) })}
          >
            <b>
              <bdi>{name}</bdi>
            </b>
            <span style={{ overflowWrap: 'anywhere' }}>{url}</span>
            {!enabled && <small>{text('clv.triggers.endpoint.off')}</small>}
          </Tick>
        ))}
        {list.endpoints.length === 0 && (
          <Typography variant="pi" textColor="neutral600">
            {text('clv.triggers.where.no-webhook')}
          </Typography>
        )}
      </Checks>
      <Flex>
        <TextLink tag={Link} to={`${TRIGGERS}/webhooks`}>
          {text('clv.triggers.where.webhooks')}
        </TextLink>
      </Flex>
      {list.connections.length > 0 && (
        <Checks>
          <legend>{text('clv.triggers.where.crm')}</legend>
          {list.connections.map(({ id, name, kind }) => (
            <Tick
              key={id}
              checked={connections.includes(id)}
              onChange={(on) => change({ connections: toggled(connections, id, on) })}
            >
              <b>
                <bdi>{name}</bdi>
              </b>
              {kindName(kind)}
            </Tick>
          ))}
        </Checks>
      )}
    </Card>
  );
}
