import type { ConnectorKind } from '../connector';
import { hubspot } from './hubspot';
import { pipedrive } from './pipedrive';
import { rest } from './rest';
import { salesforce } from './salesforce';
import { tryton } from './tryton';
import { webhook } from './webhook';

// biome-ignore lint/suspicious/noExplicitAny: each kind knows its own options
export type AnyKind = ConnectorKind<any>;

/** The kinds that come with the plugin, in the order of the wizard; an app registers others from its own code. */
export const BUILT_IN: AnyKind[] = [hubspot, salesforce, pipedrive, tryton, rest, webhook];
