import { afterAll, beforeAll } from 'vitest';
import { trytonDouble } from '../support/crm/tryton/double';
import { noTryton, startTryton, type TrytonServer } from '../support/crm/tryton/server';
import { contractSuite } from './suite';

if (!noTryton) {
  let tryton: TrytonServer;
  beforeAll(async () => {
    tryton = await startTryton();
  }, 300_000);
  afterAll(() => tryton.stop());

  contractSuite('Tryton', () => trytonDouble(tryton));
}
