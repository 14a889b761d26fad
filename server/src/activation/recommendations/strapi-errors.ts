import { createRequire } from 'node:module';
import path from 'node:path';
import type { Strapi } from '../../room';

type ErrorClass = new (message: string) => Error;

/**
 * Strapi's own errors: what it answers with their words instead of logging a fault. They are those of the app's Strapi, which
 * a plugin need not find beside itself.
 */
export function strapiErrors(strapi: Strapi): { ValidationError: ErrorClass; ApplicationError: ErrorClass } {
  let from = path.join(strapi.dirs.app.root, 'package.json');
  for (const name of ['@strapi/strapi', '@strapi/utils']) from = createRequire(from).resolve(name);
  return createRequire(from)(from).errors;
}
