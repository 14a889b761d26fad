import { Button, Flex, Typography } from '@strapi/design-system';
import { useText } from '../text';

interface NothingProps {
  /** Why there is nothing. */
  children: string;
  /** Takes the filters away, where they are the reason. */
  onClear?: () => void;
}

/** In the place of a list that has no rows. */
export function Nothing({ children, onClear }: NothingProps) {
  const text = useText();
  return (
    <Flex direction="column" gap={3} padding={10} background="neutral0" shadow="tableShadow" hasRadius>
      <Typography textColor="neutral700">{children}</Typography>
      {onClear && (
        <Button variant="tertiary" size="S" onClick={onClear}>
          {text('clv.nothing.clear')}
        </Button>
      )}
    </Flex>
  );
}
