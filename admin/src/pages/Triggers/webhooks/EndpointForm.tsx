import { Box, Button, Field, Flex, Modal, TextInput } from '@strapi/design-system';
import { type FormEvent, useId, useState } from 'react';
import type { Endpoint, EndpointMade } from '../../../../../server/src/activation/triggers/api-types';
import { Note } from '../../../components/Note';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { triggers } from '../triggers-api';

interface EndpointFormProps {
  /** One that exists; a new one without. */
  endpoint?: Endpoint;
  onClose: () => void;
  onMade?: (made: EndpointMade) => void;
  onSaved: () => void;
}

const isAddress = (url: string) => /^https?:\/\/\S+$/i.test(url.trim());

/** Adds a webhook, or changes its name and address. */
export function EndpointForm({ endpoint, onClose, onMade, onSaved }: EndpointFormProps) {
  const text = useText();
  const formId = useId();
  const problemText = useProblemText();
  const [name, setName] = useState(endpoint?.name ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? 'https://');
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wrongName = tried && name.trim() === '' ? text('clv.segments.wrong.name') : undefined;
  const wrongUrl = tried && !isAddress(url) ? text('clv.triggers.wrong.url') : undefined;

  async function save(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || !isAddress(url)) return;
    setSaving(true);
    setProblem(null);
    const input = { name: name.trim(), url: url.trim(), enabled: endpoint?.enabled ?? true };
    try {
      if (endpoint) {
        await triggers.changeEndpoint(endpoint.id, input);
        onClose();
        onSaved();
      } else {
        onMade?.(await triggers.addEndpoint(input));
      }
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  }

  return (
    <Modal.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={text('clv.triggers.close')}>
          <Modal.Title>
            {text(endpoint ? 'clv.triggers.endpoint.edit' : 'clv.triggers.endpoint.add')}
          </Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <form id={formId} onSubmit={save} noValidate>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Box>
                <Field.Root name="endpoint-name" error={wrongName} required>
                  <Field.Label>{text('clv.segments.name')}</Field.Label>
                  <TextInput
                    dir="auto"
                    maxLength={64}
                    autoComplete="off"
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                  />
                  <Field.Error />
                </Field.Root>
              </Box>
              <Box>
                <Field.Root
                  name="endpoint-url"
                  error={wrongUrl}
                  hint={text('clv.triggers.endpoint.url.what')}
                  required
                >
                  <Field.Label>{text('clv.triggers.endpoint.url')}</Field.Label>
                  <TextInput
                    type="url"
                    maxLength={512}
                    autoComplete="off"
                    value={url}
                    onChange={(event) => setUrl(event.target.value)}
                  />
                  <Field.Hint />
                  <Field.Error />
                </Field.Root>
              </Box>
              {problem && (
                <Note tone="danger" title={text('clv.triggers.endpoint.not-saved')}>
                  {problem}
                </Note>
              )}
            </Flex>
          </form>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('clv.crm.cancel')}
          </Button>
          <Button type="submit" form={formId} loading={saving}>
            {text(endpoint ? 'clv.triggers.endpoint.save' : 'clv.triggers.endpoint.add')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
