import type {
  Experiment,
  ExperimentDetail,
  ExperimentList,
  SampleSize,
} from '../activation/experiments/api-types';
import type { Me, Recommendations } from '../activation/recommendations/api-types';
import type {
  OutgoingMembers,
  OutgoingSegments,
  SegmentContents,
  SegmentCount,
  SegmentDetail,
  SegmentList,
  SegmentMembers,
  SegmentOptions,
} from '../activation/segments/api-types';
import type { StartChecklist, WidgetData } from '../activation/start/api-types';
import type {
  DeliveriesChanged,
  Endpoint,
  EndpointMade,
  EndpointTest,
  Trigger,
  TriggerList,
  TriggerLog,
  TriggerPreview,
} from '../activation/triggers/api-types';
import type {
  CustomerDetail,
  CustomersPage,
  ModelPage,
  PersonBreakdown,
  ValuePage,
  WhatIfResult,
} from '../clv/api-types';
import type { ImportPreview, ImportStarted, OrdersResult } from '../crm/api-types';
import type { CostsPage, ListedCost } from '../crm/costs/api-types';
import type {
  CheckResult,
  ConnectionDetail,
  ConnectionSummary,
  DeadPage,
  KindInfo,
  ProblemPage,
  Quality,
  SchemaReport,
  SyncRun,
} from '../crm/sync/api-types';
import type { ConsentAnswer, IdentifyAnswer, MergePage } from '../identity/api-types';
import type { Job, JobList } from '../jobs/api-types';
import type { Erased, PersonExport } from '../privacy/api-types';
import type { AdvicePage, ItemAdviceAnswer } from '../ranking/advice/api-types';
import type { GroupPage, GroupValues, ItemPanel, RankingPage, RunStarted } from '../ranking/api-types';
import type { AttributionPage, OrderAttribution } from '../ranking/attribution/api-types';
import type { ComparePage, ItemPage } from '../ranking/item/api-types';
import type { ItemJourneysAnswer, JourneysPage } from '../ranking/journeys/api-types';
import type { SettingsAnswer, SettingsPreview } from '../settings/api-types';
import type { TrackingStatus } from '../tracking/api-types';

/** 204, or a redirect: nothing to read. */
type Nothing = null;
/** A file; what it is says the operation. */
type File = string;
type Empty = Record<string, never>;

/**
 * What each route answers when all is well. `scripts/openapi-schemas.mjs` makes JSON schemas of these types, so that the
 * document cannot say anything else than the code; a test makes them again and compares.
 */
export interface Answers {
  'POST /api/clv/collect': { accepted: number; rejected: { index: number; reason: string }[] };
  'GET /api/clv/tracker.js': File;
  'POST /api/clv/identify': IdentifyAnswer;
  'GET /api/clv/consent': ConsentAnswer;
  'POST /api/clv/consent': ConsentAnswer;
  'GET /api/clv/download/:documentId': File;
  'GET /api/clv/openapi.json': Record<string, unknown>;
  'POST /api/clv/orders': OrdersResult;
  'POST /api/clv/customers': OrdersResult;
  'POST /api/clv/costs': OrdersResult;
  'POST /api/clv/subscriptions': OrdersResult;
  'GET /api/clv/crm/oauth': Nothing;
  'POST /api/clv/crm/:id/webhook': Empty;

  'GET /api/clv/me': Me;
  'GET /api/clv/recommendations': Recommendations;
  'GET /api/clv/recommendations/customer': Recommendations;
  'GET /api/clv/segments': OutgoingSegments;
  'GET /api/clv/segments/:slug/members': OutgoingMembers;

  'GET /clv/openapi.json': Record<string, unknown>;
  'GET /clv/jobs': JobList;
  'GET /clv/jobs/:id': Job;
  'POST /clv/jobs/:id/cancel': Job;
  'GET /clv/merges': MergePage;
  'POST /clv/merges': { id: string };
  'POST /clv/merges/:id/accept': Nothing;
  'POST /clv/merges/:id/dismiss': Nothing;
  'POST /clv/merges/:id/undo': Nothing;
  'POST /clv/people/export': PersonExport;
  'POST /clv/people/erase': Erased;
  'GET /clv/people/values': PersonBreakdown;
  'GET /clv/tracking/status': TrackingStatus;
  'GET /clv/settings': SettingsAnswer;
  'PUT /clv/settings': SettingsAnswer;
  'POST /clv/settings/preview': SettingsPreview;
  'DELETE /clv/settings/:path': SettingsAnswer;
  'GET /clv/costs': CostsPage;
  'PUT /clv/costs': ListedCost;
  'DELETE /clv/costs': Empty;
  'POST /clv/imports/preview': ImportPreview;
  'POST /clv/imports': ImportStarted;
  'GET /clv/imports/template.csv': File;
  'GET /clv/imports/:jobId/errors.csv': File;

  'GET /clv/crm/kinds': { kinds: KindInfo[] };
  'POST /clv/crm/check': CheckResult;
  'GET /clv/crm/connections': { connections: ConnectionSummary[] };
  'POST /clv/crm/connections': ConnectionDetail;
  'GET /clv/crm/connections/:id': ConnectionDetail;
  'PUT /clv/crm/connections/:id': ConnectionDetail;
  'DELETE /clv/crm/connections/:id': Empty;
  'POST /clv/crm/connections/:id/schema': SchemaReport;
  'POST /clv/crm/connections/:id/authorize': { url: string };
  'GET /clv/crm/connections/:id/runs': { runs: SyncRun[] };
  'GET /clv/crm/connections/:id/problems': ProblemPage;
  'GET /clv/crm/connections/:id/quality': Quality;
  'POST /clv/crm/connections/:id/streams/:stream/run': { jobId: string };
  'POST /clv/crm/connections/:id/streams/:stream/pause': Empty;
  'POST /clv/crm/connections/:id/streams/:stream/resume': Empty;
  'POST /clv/crm/connections/:id/streams/:stream/restart': { jobId?: string };
  'GET /clv/crm/connections/:id/dead': DeadPage;
  'POST /clv/crm/connections/:id/dead/replay': { count: number };
  'POST /clv/crm/connections/:id/dead/drop': { count: number };

  'GET /clv/value': ValuePage;
  'GET /clv/value/model': ModelPage;
  'GET /clv/value/customers': CustomersPage;
  'GET /clv/value/customers/export.csv': File;
  'GET /clv/value/customers/:personId': CustomerDetail;
  'POST /clv/value/run': RunStarted;
  'POST /clv/value/what-if': WhatIfResult;

  'GET /clv/rankings': RankingPage;
  'GET /clv/rankings/export.csv': File;
  'GET /clv/rankings/export.xlsx': File;
  'GET /clv/rankings/groups': GroupPage;
  'GET /clv/rankings/groups/export.csv': File;
  'GET /clv/rankings/group-values': GroupValues;
  'GET /clv/rankings/item': ItemPanel;
  'GET /clv/rankings/items/:contentId': ItemPage;
  'GET /clv/rankings/compare': ComparePage;
  'POST /clv/rankings/run': RunStarted;
  'POST /clv/rankings/items/:contentId/study': RunStarted;
  'GET /clv/attribution': AttributionPage;
  'GET /clv/attribution/export.csv': File;
  'GET /clv/attribution/orders/:orderId': OrderAttribution;
  'GET /clv/journeys': JourneysPage;
  'GET /clv/journeys/item': ItemJourneysAnswer;
  'GET /clv/journeys/export.csv': File;
  'GET /clv/advice': AdvicePage;
  'GET /clv/advice/item': ItemAdviceAnswer;

  'GET /clv/segments': SegmentList;
  'POST /clv/segments': SegmentDetail;
  'GET /clv/segments/options': SegmentOptions;
  'GET /clv/segments/contents': SegmentContents;
  'POST /clv/segments/count': SegmentCount;
  'GET /clv/segments/:id': SegmentDetail;
  'PUT /clv/segments/:id': SegmentDetail;
  'DELETE /clv/segments/:id': Empty;
  'POST /clv/segments/:id/renew': SegmentDetail;
  'GET /clv/segments/:id/members': SegmentMembers;
  'GET /clv/segments/:id/export.csv': File;

  'GET /clv/experiments': ExperimentList;
  'POST /clv/experiments': Experiment;
  'POST /clv/experiments/sample-size': SampleSize;
  'POST /clv/experiments/run': RunStarted;
  'GET /clv/experiments/:id': ExperimentDetail;
  'PUT /clv/experiments/:id': Experiment;
  'DELETE /clv/experiments/:id': Nothing;
  'POST /clv/experiments/:id/start': Experiment;
  'POST /clv/experiments/:id/stop': Experiment;
  'POST /clv/experiments/:id/compute': RunStarted;

  'GET /clv/triggers': TriggerList;
  'POST /clv/triggers': Trigger;
  'POST /clv/triggers/preview': TriggerPreview;
  'GET /clv/triggers/log': TriggerLog;
  'POST /clv/triggers/deliveries/retry': DeliveriesChanged;
  'POST /clv/triggers/deliveries/drop': DeliveriesChanged;
  'PUT /clv/triggers/:id': Trigger;
  'DELETE /clv/triggers/:id': Empty;
  'POST /clv/endpoints': EndpointMade;
  'PUT /clv/endpoints/:id': Endpoint;
  'DELETE /clv/endpoints/:id': Empty;
  'POST /clv/endpoints/:id/secret': EndpointMade;
  'POST /clv/endpoints/:id/test': EndpointTest;

  'GET /clv/start': StartChecklist;
  'GET /clv/widget': WidgetData;
}
