import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Answered, Asked } from '../served';

/** A pair of its own for each run of the tests; making one takes a while. */
let pair: { privateKey: string; publicKey: string } | null = null;
export function keyPair(): { privateKey: string; publicKey: string } {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return pair;
}

export const CLIENT_ID = '3MVG9-consumer-key-of-the-app';
export const CLIENT_SECRET = 'A0F8-secret-of-the-app-5521';
export const USERNAME = 'integration@waterworks.example';

const FIVE_MINUTES = 300;

/** The OAuth 2 endpoint of an org, and the tokens that it gave. */
export class SignIn {
  private readonly good = new Set<string>();
  /** How many were given. */
  given = 0;
  /** What the answer says instead of the org's own address. */
  instanceUrl: string | null = null;

  constructor(
    private readonly url: () => string,
    private readonly organization: string,
  ) {}

  expire(): void {
    this.good.clear();
  }

  accepts(header: string | undefined): boolean {
    return this.good.has(/^(?:Bearer|OAuth) (.+)$/.exec(header ?? '')?.[1] ?? '');
  }

  token({ method, headers, body }: Asked): Answered {
    const form = (headers['content-type'] ?? '').includes('x-www-form-urlencoded');
    if (method !== 'POST' || !form) return refused('invalid_request', 'must be a POST of a form');
    const why = body.grant_type === 'client_credentials' ? this.byCredentials(body) : this.byAssertion(body);
    if (why) return why;
    this.given += 1;
    const access_token = `${this.organization.slice(0, 15)}!${randomBytes(24).toString('base64url')}`;
    this.good.add(access_token);
    const user = `005${'0'.repeat(12)}AAA`;
    return {
      status: 200,
      body: {
        access_token,
        instance_url: this.instanceUrl ?? this.url(),
        id: `${this.url()}/id/${this.organization}/${user}`,
        token_type: 'Bearer',
        issued_at: String(Date.now()),
        signature: randomBytes(32).toString('base64'),
        scope: 'api',
      },
    };
  }

  private byCredentials(body: Record<string, string>): Answered | null {
    if (body.client_id !== CLIENT_ID) return refused('invalid_client_id', 'client identifier invalid');
    if (body.client_secret !== CLIENT_SECRET) return refused('invalid_client', 'invalid client credentials');
    return null;
  }

  private byAssertion(body: Record<string, string>): Answered | null {
    if (body.grant_type !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return refused('unsupported_grant_type', 'grant type not supported');
    }
    const key = createPublicKey(keyPair().publicKey);
    try {
      const claims = jwt.verify(body.assertion ?? '', key, { algorithms: ['RS256'], audience: this.url() });
      if (typeof claims === 'string' || claims.iss !== CLIENT_ID)
        return refused('invalid_client_id', 'client identifier invalid');
      if (claims.sub !== USERNAME) return refused('invalid_grant', "user hasn't approved this consumer");
      const left = (claims.exp ?? 0) - Date.now() / 1000;
      return left > FIVE_MINUTES ? refused('invalid_grant', 'expiration is too far away') : null;
    } catch (error) {
      return refused(
        'invalid_grant',
        error instanceof jwt.TokenExpiredError ? 'expired assertion' : 'invalid assertion',
      );
    }
  }
}

const refused = (error: string, error_description: string): Answered => ({
  status: 400,
  body: { error, error_description },
});
