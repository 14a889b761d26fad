import { Box, Flex } from '@strapi/design-system';
import { Note } from '../../../components/Note';
import { Snippet } from '../../../components/Snippet';
import { useText } from '../../../text';
import { ERROR_ADVICE, ERROR_TITLE } from '../words';
import type { Failure } from './failure';

/** Why a CRM could not be asked or a connection not saved, and what to do. */
export function Problem({ failure }: { failure: Failure }) {
  const text = useText();
  const { kind, message, privateHost } = failure;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Note tone="danger" title={kind ? text(ERROR_TITLE[kind]) : text('clv.crm.error.other')}>
        {message}
        {kind && !privateHost && ` ${text(ERROR_ADVICE[kind])}`}
      </Note>
      {privateHost && (
        <Box>
          <Note tone="info" title={text('clv.crm.private.title')}>
            {text('clv.crm.private')}
          </Note>
          <Box paddingTop={3}>
            <Snippet
              label={text('clv.crm.private.title')}
              code={`// config/plugins.js\nclv: { config: { crm: { privateHosts: ['${privateHost}'] } } }`}
            />
          </Box>
        </Box>
      )}
    </Flex>
  );
}
