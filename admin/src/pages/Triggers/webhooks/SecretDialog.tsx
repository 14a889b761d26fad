import { Button, Flex, Modal } from '@strapi/design-system';
import type { EndpointMade } from '../../../../../server/src/activation/triggers/api-types';
import { Note } from '../../../components/Note';
import { Snippet } from '../../../components/Snippet';
import { useText } from '../../../text';

/** The secret of a webhook, which nobody is shown again. */
export function SecretDialog({ made, onClose }: { made: EndpointMade; onClose: () => void }) {
  const text = useText();
  return (
    <Modal.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      {/* A click beside it would take away what is shown only once. */}
      <Modal.Content onInteractOutside={(event) => event.preventDefault()} aria-describedby={undefined}>
        <Modal.Header closeLabel={text('clv.triggers.close')}>
          <Modal.Title>{text('clv.triggers.secret', { name: made.endpoint.name })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Note tone="warning" title={text('clv.triggers.secret.once')}>
              {text('clv.triggers.secret.what')}
            </Note>
            <Snippet code={made.secret} label={text('clv.triggers.secret.label')} />
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <span />
          <Button onClick={onClose}>{text('clv.triggers.secret.done')}</Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
