import jwt from 'jsonwebtoken';
import type { Me } from './api-types';

const LIFE_SECONDS = 3600;

/** Of whom a token is for. */
export const EDGE_AUDIENCE = 'clv-edge';

/**
 * A JSON Web Token (HS256, one hour) by which an edge or a CDN picks the page of a visitor's group: it names the group and
 * nobody.
 */
export function edgeToken(
  me: Pick<Me, 'tier' | 'stage' | 'value' | 'segments' | 'arm'>,
  secret: string,
): string {
  const { tier, stage, value, segments, arm } = me;
  return jwt.sign({ tier, stage, value, segments, arm }, secret, {
    algorithm: 'HS256',
    audience: EDGE_AUDIENCE,
    expiresIn: LIFE_SECONDS,
  });
}
