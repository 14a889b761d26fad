import { Refusal } from './refusal';

export interface LimitRules {
  /** Within ten seconds. */
  requests: number;
  daily: number;
  /** Within any second. */
  searches: number;
}

/** Rolling windows, as HubSpot counts: ten seconds, the day, and searches within any second. */
export function limitsOf({ requests, daily, searches: mostSearches }: LimitRules) {
  let times: number[] = [];
  let searches: number[] = [];
  let today = 0;
  const refused = { total: 0, searches: 0 };

  function refuse(policyName: string, message: string, headers?: Record<string, string>): never {
    refused.total += 1;
    throw new Refusal(429, 'RATE_LIMITS', message, {
      headers,
      body: { errorType: 'RATE_LIMIT', policyName },
    });
  }

  return {
    refused,
    useUpTheDay() {
      today = daily;
    },
    take(isSearch: boolean): Record<string, string> {
      const now = Date.now();
      if (isSearch) {
        searches = searches.filter((at) => at > now - 1000);
        if (searches.length >= mostSearches) {
          refused.searches += 1;
          refuse('SECONDLY', 'You have reached your secondly limit.');
        }
        searches.push(now);
        return {};
      }
      if (today >= daily) refuse('DAILY', 'You have reached your daily limit.');
      times = times.filter((at) => at > now - 10_000);
      if (times.length >= requests) {
        refuse('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.', {
          'retry-after': '1',
        });
      }
      times.push(now);
      today += 1;
      return {
        'x-hubspot-ratelimit-daily': String(daily),
        'x-hubspot-ratelimit-daily-remaining': String(daily - today),
        'x-hubspot-ratelimit-interval-milliseconds': '10000',
        'x-hubspot-ratelimit-max': String(requests),
        'x-hubspot-ratelimit-remaining': String(requests - times.length),
      };
    },
  };
}
