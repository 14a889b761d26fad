import { Button, Flex, Modal } from '@strapi/design-system';
import { type FormEvent, type RefObject, useId, useState } from 'react';
import type { CostsPage, ListedCost } from '../../../../../server/src/crm/costs/api-types';
import { Note } from '../../../components/Note';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { isConflict } from '../settings-api';
import { CostFields } from './CostFields';
import { costsApi, wrongColumn } from './costs-api';
import { type CostDraft, costOf, decimalsOf, draftOf, faultsOf, newDraft } from './draft';
import { useReturnFocus } from './return-focus';
import { cameFromElsewhere, costId, sourceName } from './words';

interface CostFormProps {
  /** The one to change; null for a new one, which begins in `month`. */
  cost: ListedCost | null;
  month: string;
  page: Pick<CostsPage, 'known' | 'currencies'>;
  /** Takes the focus when the row of the cost, and with it its button, is gone. */
  addButton: RefObject<HTMLButtonElement>;
  onClose: () => void;
  onSaved: (saved: ListedCost) => void;
}

/** What the server objected to, at a field or to the cost as a whole. */
interface Problem {
  column: string | null;
  message: string;
}

/** Adds a cost, or changes one. */
export function CostForm({ cost, month, page, addButton, onClose, onSaved }: CostFormProps) {
  const text = useText();
  const formId = useId();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(() => (cost ? draftOf(cost) : newDraft(month, page.currencies[0]!)));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { openerGoes, onCloseAutoFocus } = useReturnFocus(addButton);
  const faults = faultsOf(draft);
  const atField = problem?.column != null && problem.column in draft;

  function change(changed: Partial<CostDraft>) {
    setDraft({ ...draft, ...changed });
    setProblem(null);
  }

  function wrong(field: keyof CostDraft): string | undefined {
    if (problem?.column === field) return problem.message;
    const fault = tried ? faults[field] : undefined;
    const { currency } = draft;
    return fault && text(fault, { currency, n: decimalsOf(currency) });
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    setSaving(true);
    setProblem(null);
    try {
      const saved = await costsApi.save({ cost: costOf(draft), replaces: cost });
      if (cost && costId(cost) !== costId(saved)) openerGoes();
      onSaved(saved);
    } catch (error) {
      const message = isConflict(error) ? text('clv.settings.costs.taken') : problemText(error);
      setProblem({ column: wrongColumn(error), message });
      setSaving(false);
    }
  }

  return (
    <Modal.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined} onCloseAutoFocus={onCloseAutoFocus}>
        <Modal.Header closeLabel={text('clv.triggers.close')}>
          <Modal.Title>{text(cost ? 'clv.settings.costs.edit' : 'clv.settings.costs.add')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <form id={formId} onSubmit={save} noValidate>
            <Flex direction="column" alignItems="stretch" gap={4}>
              {cost && cameFromElsewhere(cost.source) && (
                <Note
                  tone="info"
                  title={text('clv.settings.costs.came', { source: sourceName(cost.source, text) })}
                >
                  {text('clv.settings.costs.came.what')}
                </Note>
              )}
              <CostFields draft={draft} change={change} wrong={wrong} page={page} />
              {problem && !atField && (
                <Note tone="danger" title={text('clv.settings.costs.not-saved')}>
                  {problem.message}
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
            {text(cost ? 'clv.settings.costs.save' : 'clv.settings.costs.add')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
