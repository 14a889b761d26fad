import { Button, Dialog } from '@strapi/design-system';
import type { RefObject } from 'react';
import type { ListedCost } from '../../../../../server/src/crm/costs/api-types';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { useReturnFocus } from './return-focus';
import { cameFromElsewhere, costName, sourceName } from './words';

interface DeleteCostProps {
  cost: ListedCost;
  onClose: () => void;
  onConfirm: () => void;
  /** Takes the focus when the row, and with it its button, is gone. */
  addButton: RefObject<HTMLButtonElement>;
}

/** Asks before a cost is removed, and says what follows. */
export function DeleteCost({ cost, onClose, onConfirm, addButton }: DeleteCostProps) {
  const text = useText();
  const format = useFormats();
  const { openerGoes, onCloseAutoFocus } = useReturnFocus(addButton);
  const { source, amount, currency } = cost;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content onCloseAutoFocus={onCloseAutoFocus}>
        <Dialog.Header>
          {text('clv.settings.costs.delete.title', { name: costName(cost, format) })}
        </Dialog.Header>
        <Dialog.Body>
          <Dialog.Description>
            {text('clv.settings.costs.delete.what', {
              amount: format.statedMoney(Number(amount), currency),
            })}{' '}
            {cameFromElsewhere(source) &&
              text('clv.settings.costs.delete.again', { source: sourceName(source, text) })}
          </Dialog.Description>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('clv.crm.cancel')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button
              variant="danger"
              fullWidth
              onClick={() => {
                openerGoes();
                onConfirm();
              }}
            >
              {text('clv.settings.costs.delete')}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
