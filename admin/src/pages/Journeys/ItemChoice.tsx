import { Box, Combobox, ComboboxOption } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import type { JourneysReport } from '../../../../server/src/ranking/journeys/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { Names } from './names';

interface ItemChoiceProps {
  items: JourneysReport['items'];
  names: Names;
  chosen: number;
  onChoose: (contentId: number) => void;
}

/** A list can be looked through as far as this; whoever wants another item types some of its title. */
const OFFERED = 50;

/** One item of many, found by typing. */
export function ItemChoice({ items, names, chosen, onChoose }: ItemChoiceProps) {
  const text = useText();
  const format = useFormats();
  const [typed, setTyped] = useState(names.title(chosen));
  useEffect(() => setTyped(names.title(chosen)), [chosen, names]);
  const wanted = typed === names.title(chosen) ? '' : typed.trim().toLocaleLowerCase(format.language);
  const found = items.filter(({ contentId }) =>
    names.title(contentId).toLocaleLowerCase(format.language).includes(wanted),
  );
  const offered = found.slice(0, OFFERED);
  // The chosen one must be among them, or the field would forget it.
  const missing = items.filter(
    ({ contentId }) => contentId === chosen && !offered.some((one) => one.contentId === chosen),
  );
  return (
    <Box maxWidth="56rem">
      <Combobox
        aria-label={text('clv.journeys.item.choose')}
        autocomplete="none"
        value={String(chosen)}
        textValue={typed}
        onTextValueChange={(value: string) => setTyped(value)}
        onChange={(value: string) => value && onChoose(Number(value))}
        noOptionsMessage={() => text('clv.journeys.item.no-such')}
      >
        {[...offered, ...missing].map(({ contentId }) => (
          <ComboboxOption key={contentId} value={String(contentId)} textValue={names.title(contentId)}>
            {names.title(contentId)}
          </ComboboxOption>
        ))}
      </Combobox>
    </Box>
  );
}
