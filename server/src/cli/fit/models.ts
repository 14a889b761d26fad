import { bgNbd } from '../../clv/models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../../clv/models/cnbd-k';
import { mbgNbd } from '../../clv/models/mbg-nbd';
import { paretoNbd } from '../../clv/models/pareto-nbd';
import type { TransactionModel, TransactionModelName } from '../../clv/models/types';

const MODELS: Record<TransactionModelName, TransactionModel> = {
  'bg-nbd': bgNbd,
  'mbg-nbd': mbgNbd,
  'pareto-nbd': paretoNbd,
  'bg-cnbd-k': bgCnbdK,
  'mbg-cnbd-k': mbgCnbdK,
};

export type ModelChoice = TransactionModelName | 'auto';

export const MODEL_CHOICES = [...Object.keys(MODELS), 'auto'];

/** The models that an option stands for. */
export const modelsOf = (choice: ModelChoice): TransactionModel[] =>
  choice === 'auto' ? Object.values(MODELS) : [MODELS[choice]];
