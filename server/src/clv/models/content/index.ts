export { type Cut, casesAt } from './cases';
export {
  type CustomerCase,
  type CustomerModel,
  fitCustomers,
  NEEDED as CUSTOMERS_NEEDED,
  scoreCustomer,
} from './customers';
export {
  type ContentItem,
  type ContentTouch,
  type DatedOrder,
  isCustomer,
  isProspect,
  type Outcome,
  outcomeBetween,
  Past,
  type PersonRecord,
} from './past';
export { prospectFeatures } from './prospect-features';
export {
  fitProspects,
  NEEDED_PROSPECTS as PROSPECTS_NEEDED,
  type ProspectCase,
  type ProspectModel,
  type ProspectReport,
  type ProspectScore,
  scoreProspect,
} from './prospects';
export { purchaseFeatures } from './purchase-features';
export { ReadingFeatures } from './reading-features';
export type { ContentReport } from './report';
export type { Vocabulary } from './vocabulary';
