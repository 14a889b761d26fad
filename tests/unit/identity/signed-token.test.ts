import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import { readSignedToken } from '../../../server/src/identity/proof/signed-token';

const SECRET = 'a secret that is long enough for the test';
const NOW = 1_800_000_000;
const claims = { sub: 'C-1', email: 'Ada@Example.com', iat: NOW, exp: NOW + 3600 };
const sign = (payload: object, options: jwt.SignOptions = {}) =>
  jwt.sign({ ...claims, ...payload }, SECRET, options);
const read = (token: string) => readSignedToken(token, SECRET, NOW);

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token whose header says what the forger likes. */
function forge(header: object, secret?: string): string {
  const content = `${base64(header)}.${base64(claims)}`;
  const signature = secret ? createHmac('sha256', secret).update(content).digest('base64url') : '';
  return `${content}.${signature}`;
}

describe('a signed token', () => {
  test('names the customer and the normalised email', () => {
    expect(read(sign({}))).toEqual({ customerId: 'C-1', email: 'ada@example.com' });
  });

  test('may name the audience clv', () => {
    expect(read(sign({ aud: ['shop', 'clv'] })).customerId).toBe('C-1');
    expect(() => read(sign({ aud: 'shop' }))).toThrow('made for something else');
  });

  test('without a signature is refused', () => {
    expect(() => read(forge({ alg: 'none' }))).toThrow('signed with "none"; sign it with HS256');
    expect(() => read(forge({ alg: 'None' }))).toThrow('sign it with HS256');
    expect(() => read(forge({ alg: 'HS256' }))).toThrow('not made with clv.config.identity.secret');
  });

  test('signed with another algorithm is refused, the right secret notwithstanding', () => {
    expect(() => read(sign({}, { algorithm: 'HS512' }))).toThrow('signed with "HS512"');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => read(jwt.sign(claims, privateKey, { algorithm: 'RS256' }))).toThrow('signed with "RS256"');
    expect(() => read(forge({ alg: 'RS256' }, SECRET))).toThrow('signed with "RS256"');
    expect(() => read(forge({}, SECRET))).toThrow('no JSON Web Token');
  });

  test('signed with another secret, or changed after signing, is refused', () => {
    expect(() => read(forge({ alg: 'HS256' }, 'another secret that is long enough too'))).toThrow(
      'signature',
    );
    const [header, , signature] = sign({}).split('.');
    const changed = base64({ ...claims, sub: 'C-2' });
    expect(() => read(`${header}.${changed}.${signature}`)).toThrow('signature');
  });

  test('is accepted a minute after its end and no longer', () => {
    expect(read(sign({ iat: NOW - 3600, exp: NOW - 59 })).customerId).toBe('C-1');
    expect(() => read(sign({ iat: NOW - 3600, exp: NOW - 61 }))).toThrow(
      'expired at 2027-01-15T07:58:59.000Z',
    );
  });

  test('must end, and within a day', () => {
    const { exp: _, ...endless } = claims;
    expect(() => read(jwt.sign(endless, SECRET))).toThrow('exp is missing');
    expect(() => read(sign({ exp: NOW + 25 * 3600 }))).toThrow('more than 24 hours ahead');
  });

  test('must not come from the future', () => {
    expect(() => read(sign({ iat: NOW + 3600, exp: NOW + 7200 }))).toThrow('iat is in the future');
    expect(() => read(sign({ nbf: NOW + 3600 }))).toThrow('is valid from');
  });

  test('must name somebody, as text', () => {
    expect(() => read(sign({ sub: undefined, email: undefined }))).toThrow('sub and email are missing');
    expect(() => read(jwt.sign({ ...claims, sub: 7 as never }, SECRET))).toThrow('sub is not text');
    expect(() => read(sign({ email: 'nobody' }))).toThrow('email is not an email address');
    expect(() => read(sign({ sub: 'C\u0000' }))).toThrow('sub holds a control character');
  });

  test('that is none is refused without repeating it', () => {
    const text = (value: string) => Buffer.from(value).toString('base64url');
    const typed = base64({ alg: 'HS256', typ: 'JWT' });
    const broken = [`${typed}.${text('no JSON')}.x`, `${typed}.${text('null')}.x`, `${text('null')}.e30.x`];
    for (const token of [
      ...broken,
      '',
      'x',
      'a.b.c',
      '..',
      `${base64({ alg: 'HS256' })}.${base64([])}.x`,
      'e30.e30.',
    ]) {
      expect(() => read(token)).toThrow(/^The token is not accepted/);
    }
  });
});
