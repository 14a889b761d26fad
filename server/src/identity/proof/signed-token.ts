import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { customerIdSchema, emailSchema } from '../identifiers';
import { IdentityError } from '../identity-error';

const ALGORITHM = 'HS256';
const AUDIENCE = 'clv';
const CLOCK_TOLERANCE = 60;
const LONGEST_LIFE = 24 * 3600;

const claimsSchema = z
  .object({
    sub: customerIdSchema.optional(),
    email: emailSchema.optional(),
    iat: z.number('is missing: it says when the token was made'),
    exp: z.number('is missing: it says when the token ends'),
    aud: z.union([z.string(), z.array(z.string())]).optional(),
  })
  .refine(({ sub, email }) => sub ?? email, {
    path: ['sub'],
    message: 'and email are missing; give one of them',
  });

const refuse = (reason: string): never => {
  throw new IdentityError(401, `The token is not accepted: ${reason}.`);
};

/** What the header says it is signed with; nothing when there is no such header. */
function algorithmOf(token: string): unknown {
  try {
    return jwt.decode(token, { complete: true })?.header.alg;
  } catch {
    // A payload that is no JSON; there is nothing to tell apart.
    return undefined;
  }
}

/** What the library objects to, in words that say what to change. */
function explain(error: unknown): never {
  if (error instanceof jwt.TokenExpiredError) {
    return refuse(`it expired at ${error.expiredAt.toISOString()}; make one when the page is rendered`);
  }
  if (error instanceof jwt.NotBeforeError)
    return refuse(`it is valid from ${error.date.toISOString()} on only`);
  const reason = error instanceof Error ? error.message : '';
  if (reason === 'invalid signature' || reason === 'jwt signature is required') {
    return refuse('its signature was not made with clv.config.identity.secret');
  }
  return refuse('it is no JSON Web Token');
}

/**
 * Whom a token names. It is a JWT signed with HS256 and the shared secret; its claims are `sub` (customer id) and/or
 * `email`, `iat`, and `exp` at most 24 hours ahead; `aud`, if it is there, is `clv`. Clocks may differ by a minute.
 *
 * @throws IdentityError 401 with what to change
 */
export function readSignedToken(
  token: string,
  secret: string,
  now = Math.floor(Date.now() / 1000),
): { customerId?: string; email?: string } {
  const algorithm = algorithmOf(token);
  if (algorithm === undefined) refuse('it is no JSON Web Token');
  if (algorithm !== ALGORITHM)
    refuse(`it is signed with ${JSON.stringify(algorithm).slice(0, 20)}; sign it with ${ALGORITHM}`);
  let payload: unknown;
  try {
    payload = jwt.verify(token, secret, {
      algorithms: [ALGORITHM],
      clockTolerance: CLOCK_TOLERANCE,
      clockTimestamp: now,
    });
  } catch (error) {
    explain(error);
  }
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const [issue] = claims.error.issues;
    return refuse(`${issue.path.join('.') || 'its payload'} ${issue.message}`);
  }
  const { sub, email, exp, iat, aud } = claims.data;
  if (iat > now + CLOCK_TOLERANCE)
    refuse('iat is in the future; set the clock of the server that makes tokens');
  if (exp > now + LONGEST_LIFE + CLOCK_TOLERANCE)
    refuse('exp is more than 24 hours ahead; let it end sooner');
  if (aud !== undefined && ![aud].flat().includes(AUDIENCE))
    refuse(`aud is not "${AUDIENCE}"; it was made for something else`);
  return { customerId: sub, email };
}
