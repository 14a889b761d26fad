import { Button } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useProblemText } from '../problem';
import { useText } from '../text';
import { Note } from './Note';

/** What could not be loaded, why, and a way to try again. */
export function ErrorState({ title, error, retry }: { title: string; error: unknown; retry: () => void }) {
  const text = useText();
  const problemText = useProblemText();
  return (
    <Note
      tone="danger"
      title={title}
      action={
        <Button variant="tertiary" size="S" startIcon={<ArrowClockwise />} onClick={retry}>
          {text('clv.retry')}
        </Button>
      }
    >
      {problemText(error)}
    </Note>
  );
}
