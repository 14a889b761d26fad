import { expect, test } from 'vitest';
import config, { configSchema } from '../../../server/src/config';

const grouped = (groups: object) => ({
  contentTypes: { 'api::article.article': { kind: 'article', groups } },
});

test('every setting has a default, and nothing but content types need be given', () => {
  expect(configSchema.parse({})).toMatchObject({
    consent: { mode: 'required', respectGpc: true, respectDnt: true },
    ranking: { value: 'clv', fdr: 0.1, schedule: '15 3 * * *' },
    value: { currency: 'EUR', timezone: 'UTC' },
  });
});

test.each(['15 3 * * *', '*/5 * * * *', '0 0 1,15 * MON-FRI', '30 15 3 * * *', false])(
  'the schedule may be %o',
  (schedule) => {
    expect(configSchema.safeParse({ ranking: { schedule } }).success).toBe(true);
  },
);

test.each([
  [{ ranking: { schedule: 'every day' } }, 'clv.config.ranking.schedule is neither false nor a cron rule'],
  [{ identity: { secret: 'short' } }, 'clv.config.identity.secret is shorter than 32 characters'],
  [{ value: { currency: 'euro' } }, 'clv.config.value.currency is not an ISO 4217 currency code'],
  [{ value: { timezone: 'Rome' } }, 'clv.config.value.timezone is not an IANA time zone'],
  [{ tracking: { origins: ['https://a.example/'] } }, 'clv.config.tracking.origins.0 is not an origin'],
  [{ traking: {} }, 'traking'],
  [
    { contentTypes: { article: { kind: 'article' } } },
    'contentTypes.article is not the uid of a content type',
  ],
  [grouped({ 'My Author': 'author' }), 'groups.My Author is not a short name in lower case'],
  [
    grouped({ kind: 'type' }),
    'groups.kind is not a short name in lower case, such as "author"; "kind", "locale" and',
  ],
  [
    grouped({ author: 'author..name' }),
    'groups.author is no attribute, such as "author", and no path to one',
  ],
  [
    { ranking: { slices: ['channel', 'colour'] } },
    'clv.config.ranking.slices.1 Invalid option: expected one of',
  ],
])('%o stops the boot and says where and why', (settings, message) => {
  expect(() => config.validator(settings)).toThrow(message);
});
