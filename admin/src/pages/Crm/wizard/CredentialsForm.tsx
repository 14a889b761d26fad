import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { type FormEvent, type ReactNode, useRef } from 'react';
import type { CheckResult, KindInfo } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Snippet } from '../../../components/Snippet';
import { useText } from '../../../text';
import { asksInCrm, type Typed } from '../options';
import { STREAM_NAME } from '../words';
import type { ConnectionTest } from './connection-test';
import { OptionsForm } from './OptionsForm';
import { Problem } from './Problem';

interface CredentialsFormProps {
  kind: KindInfo;
  typed: Typed;
  onType: (typed: Typed) => void;
  secretsSet: readonly string[];
  test: ConnectionTest;
  /** Sends the user to the CRM, to allow the connection there. */
  onAuthorize: () => void;
  /** Buttons before and behind the one that tests. */
  back?: ReactNode;
  children?: ReactNode;
}

/** What the CRM asks for, and a button that asks the CRM whether it is right. */
export function CredentialsForm(props: CredentialsFormProps) {
  const { kind, typed, onType, secretsSet, test, onAuthorize, back, children } = props;
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const inCrm = asksInCrm(kind, typed);
  const authorized = test.check !== null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (inCrm && !secretsSet.length && !authorized) return onAuthorize();
    const wrong = await test.run();
    if (wrong) form.current?.querySelector<HTMLElement>(`[name="option-${wrong}"]`)?.focus();
  }

  return (
    <Card aria-label={text('clv.crm.step.credentials')}>
      <form ref={form} onSubmit={submit} noValidate autoComplete="off">
        <Flex direction="column" alignItems="stretch" gap={5} maxWidth="72rem">
          <Typography tag="h3" variant="delta">
            {text('clv.crm.credentials.title', { crm: kind.title })}
          </Typography>
          <OptionsForm
            kind={kind}
            typed={typed}
            onChange={onType}
            secretsSet={secretsSet}
            errors={test.errors}
          />
          <Typography variant="pi" textColor="neutral600">
            {text('clv.crm.credentials.kept')}
          </Typography>
          {inCrm && kind.redirectUrl && (
            <Box>
              <Typography tag="p" paddingBottom={2}>
                {text('clv.crm.redirect')}
              </Typography>
              <Snippet code={kind.redirectUrl} label={text('clv.crm.redirect')} />
            </Box>
          )}
          {test.failure && <Problem failure={test.failure} />}
          {test.check && <Found check={test.check} />}
          <Flex gap={2} wrap="wrap">
            {back}
            {inCrm && !authorized && (
              <Button onClick={onAuthorize} loading={test.busy}>
                {text('clv.crm.authorize', { crm: kind.title })}
              </Button>
            )}
            {(!inCrm || secretsSet.length > 0) && (
              <Button
                type="submit"
                variant={authorized || inCrm ? 'tertiary' : 'default'}
                loading={test.busy}
              >
                {text(authorized ? 'clv.crm.test.again' : 'clv.crm.test')}
              </Button>
            )}
            {children}
          </Flex>
        </Flex>
      </form>
    </Card>
  );
}

/** What the test found: whose account it is, and what it can do. */
function Found({ check: { account, capabilities } }: { check: CheckResult }) {
  const text = useText();
  const can = [
    capabilities.pull.length > 0 &&
      text('clv.crm.can.pull', {
        what: capabilities.pull.map((stream) => text(STREAM_NAME[stream]).toLowerCase()).join(', '),
      }),
    capabilities.push && text('clv.crm.can.push'),
    capabilities.notes && text('clv.crm.can.notes'),
    capabilities.webhooks && text('clv.crm.can.webhooks'),
  ].filter(Boolean);
  return (
    <Box background="success100" borderColor="success200" hasRadius padding={4} role="status">
      <Typography tag="p" fontWeight="bold" textColor="neutral800">
        <span aria-hidden>✓ </span>
        {text('clv.crm.found', { account: account.name })}
      </Typography>
      <Typography tag="p" textColor="neutral700">
        {can.join(' · ')}
      </Typography>
    </Box>
  );
}
