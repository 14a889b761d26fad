import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../admin/src/pages/Crm/columns';
import { firstDraft } from '../../../admin/src/pages/Crm/draft';
import { asksInCrm, isShown, optionsOf, typedOf } from '../../../admin/src/pages/Crm/options';
import { situationOf, streamSituation } from '../../../admin/src/pages/Crm/situation';
import { secondsLeft, withSample } from '../../../admin/src/pages/Crm/time-left';
import { matching } from '../../../admin/src/pages/Crm/wizard/properties';
import type { FormField, StreamState } from '../../../server/src/crm/sync/api-types';

const NOW = Date.parse('2026-11-22T10:00:00Z');

const stream = (others: Partial<StreamState> = {}): StreamState => ({
  stream: 'customers',
  jobId: null,
  paused: false,
  everyMinutes: 60,
  complete: true,
  done: 0,
  total: null,
  lastStartedAt: NOW - 2_000,
  lastDoneAt: NOW - 1_000,
  notBefore: null,
  error: null,
  errorKind: null,
  ...others,
});

describe('how a connection fares', () => {
  const is = (...streams: StreamState[]) => situationOf({ enabled: true, streams }, NOW).is;

  test('is what asks most for attention', () => {
    const refused = stream({ errorKind: 'auth', error: 'no' });
    const running = stream({ jobId: 'job' });
    const waiting = stream({ notBefore: NOW + 1 });
    expect(is(stream(), running, refused, waiting)).toBe('needs-you');
    expect(is(stream(), waiting, running)).toBe('running');
    expect(is(stream(), waiting)).toBe('waiting');
    expect(is(stream(), stream({ paused: true }))).toBe('in-step');
    expect(is(stream({ paused: true }))).toBe('paused');
    expect(is(stream({ lastDoneAt: null }), stream())).toBe('new');
    expect(is()).toBe('listening');
    expect(situationOf({ enabled: false, streams: [refused] }, NOW).is).toBe('off');
  });

  test('forgets an error once the stream runs again, and a wait that is over', () => {
    expect(is(stream({ errorKind: 'auth', error: 'no', jobId: 'job' }))).toBe('running');
    expect(is(stream({ notBefore: NOW - 1 }))).toBe('in-step');
  });

  test('says nothing of insights before the first went out, unless something is wrong with them', () => {
    const push = stream({ stream: 'push', lastDoneAt: null });
    expect(is(stream(), push)).toBe('in-step');
    expect(is(stream(), { ...push, errorKind: 'config', error: 'no' })).toBe('needs-you');
  });

  test('waits for what passes by itself, also when nobody knows until when', () => {
    expect(streamSituation(stream({ errorKind: 'transient', error: 'down' }), NOW)).toMatchObject({
      is: 'waiting',
      until: null,
    });
  });

  test('is no fresher than its oldest stream, and shows the longest run', () => {
    const streams = [stream(), stream({ lastDoneAt: NOW - 90_000 })];
    expect(situationOf({ enabled: true, streams }, NOW)).toMatchObject({ since: NOW - 90_000 });
    const short = stream({ jobId: 'a', done: 9, total: 10 });
    const long = stream({ jobId: 'b', done: 9, total: 1_000 });
    expect(situationOf({ enabled: true, streams: [short, long] }, NOW)).toMatchObject({ stream: long });
  });
});

describe('the time left', () => {
  test('follows from the pace of the last minute', () => {
    const samples = [
      { at: 0, done: 1_000 },
      { at: 10_000, done: 2_000 },
    ];
    expect(secondsLeft(samples, 12_000)).toBe(100);
    expect(secondsLeft(samples, null)).toBeNull();
    expect(secondsLeft(samples.slice(0, 1), 12_000)).toBeNull();
  });

  test('leaves old samples out, and begins anew when a pull does', () => {
    const old = withSample([], { at: 0, done: 10 });
    expect(withSample(old, { at: 61_000, done: 20 })).toEqual([{ at: 61_000, done: 20 }]);
    expect(withSample(old, { at: 1_000, done: 5 })).toEqual([{ at: 1_000, done: 5 }]);
  });
});

describe('the form of a kind', () => {
  const form: FormField[] = [
    {
      name: 'auth',
      type: 'choice',
      label: '',
      required: true,
      choices: [
        { value: 'token', label: '' },
        { value: 'oauth', label: '' },
      ],
    },
    { name: 'token', type: 'secret', label: '', required: true, when: { field: 'auth', is: 'token' } },
    { name: 'id', type: 'text', label: '', required: true, when: { field: 'auth', is: 'oauth' } },
    { name: 'map', type: 'json', label: '', required: false },
  ];

  test('opens with the first of each choice, and stored JSON as text', () => {
    expect(typedOf(form, { map: { a: 1 } })).toEqual({
      auth: 'token',
      token: '',
      id: '',
      map: '{\n  "a": 1\n}',
    });
  });

  test('asks for what belongs to the choice, and sends nothing else', () => {
    const typed = { auth: 'token', token: ' t ', id: 'left over', map: '{"a":[1]}' };
    expect(form.filter((field) => isShown(field, form, typed)).map(({ name }) => name)).toEqual([
      'auth',
      'token',
      'map',
    ]);
    expect(optionsOf(form, typed, [])).toEqual({
      options: { auth: 'token', token: 't', map: { a: [1] } },
      wrong: {},
    });
  });

  test('names what is missing, but for a secret that is stored', () => {
    const typed = { auth: 'token', token: '', map: '{' };
    expect(optionsOf(form, typed, []).wrong).toEqual({
      token: 'clv.crm.form.needed',
      map: 'clv.crm.form.no-json',
    });
    expect(optionsOf(form, { ...typed, map: '' }, ['token'])).toEqual({
      options: { auth: 'token' },
      wrong: {},
    });
  });

  test('sends the user to the CRM only where the choice says so', () => {
    const kind = { kind: 'k', title: 'K', form, oauth: true };
    expect(asksInCrm(kind, { auth: 'oauth' })).toBe(true);
    expect(asksInCrm(kind, { auth: 'token' })).toBe(false);
    expect(asksInCrm({ ...kind, form: [] }, {})).toBe(true);
    expect(asksInCrm({ ...kind, oauth: false }, { auth: 'oauth' })).toBe(false);
  });
});

test('properties are found by any words of label or name, without accents', () => {
  const field = (name: string, label: string) => ({ name, label, type: 'text' as const });
  const fields = [field('x_margin', 'Deckungsbeitrag'), field('marge', 'Marge'), field('cafe', 'Café total')];
  const names = (search: string) => matching(fields, search).map(({ name }) => name);
  expect(names('')).toHaveLength(3);
  expect(names('mar')).toEqual(['marge', 'x_margin']);
  expect(names('CAFE tot')).toEqual(['cafe']);
  expect(names('nothing')).toEqual([]);
});

test('columns stand in the order in which they matter, unknown ones last', () => {
  expect(inOrder('orders', ['region', 'cost', 'amount'])).toEqual(['amount', 'cost', 'region']);
});

test('a new connection pulls each hour and sends every field, where the CRM takes any', () => {
  const can = {
    pull: ['customers'],
    push: false,
    notes: false,
    webhooks: false,
    batch: 1,
    deletions: 'told',
  } as const;
  const draft = firstDraft('acme', 'Acme', can);
  expect(draft).toMatchObject({
    idPrefix: 'acme:',
    everyMinutes: { customers: 60 },
    push: { enabled: false },
  });
});
