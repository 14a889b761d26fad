import type { Stage } from '../../../server/src/clv/api-types';
import type { MessageId } from '../text';

export const STAGE_NAME: Record<Stage, MessageId> = {
  prospect: 'clv.life.prospect',
  new: 'clv.life.new',
  active: 'clv.life.active',
  'at risk': 'clv.life.at-risk',
  lapsed: 'clv.life.lapsed',
  'won back': 'clv.life.won-back',
};

export const STAGE_MEANING: Record<Stage, MessageId> = {
  prospect: 'clv.life.prospect.meaning',
  new: 'clv.life.new.meaning',
  active: 'clv.life.active.meaning',
  'at risk': 'clv.life.at-risk.meaning',
  lapsed: 'clv.life.lapsed.meaning',
  'won back': 'clv.life.won-back.meaning',
};

export const STAGES = Object.keys(STAGE_NAME) as Stage[];
