import { errorResponse } from '../answers/errorResponse';
import {
  flag,
  integer,
  oneOf,
  pageSize,
  readQuery,
  requiredInteger,
  someOf,
  text,
  texts,
} from '../answers/query';
import { checkTrouble } from '../answers/troubles';
import type { UsageSample } from '../state/usageRecord';
import type { Endpoint } from './endpoint';

/** Seconds of a bucket, and its default and largest number a page. */
const widths = {
  '1m': { seconds: 60, fallback: 60, most: 1440 },
  '1h': { seconds: 3600, fallback: 24, most: 168 },
  '1d': { seconds: 86_400, fallback: 7, most: 31 },
} as const;

const fields = [
  'project_id',
  'user_id',
  'api_key_id',
  'model',
  'batch',
  'service_tier',
  'api_source',
] as const;

/** Usage of text models, in time buckets (docs/api.md#usage). The name of the scope is inferred. */
export const usageEndpoints: readonly Endpoint[] = [
  {
    name: 'usage.completions',
    method: 'GET',
    path: '/organization/usage/completions',
    key: 'admin',
    scope: 'api.usage.read',
    answer(state, { request, usage }) {
      const { bucket_width } = readQuery(new URLSearchParams(onlyWidth(request.query)), {
        bucket_width: oneOf(['1m', '1h', '1d'], '1d'),
      });
      const { seconds, fallback, most } = widths[bucket_width];
      const query = readQuery(request.query, {
        start_time: requiredInteger,
        end_time: integer,
        bucket_width: text,
        'group_by[]': someOf(fields),
        'models[]': texts,
        'project_ids[]': texts,
        'user_ids[]': texts,
        'api_key_ids[]': texts,
        batch: text,
        limit: pageSize({ fallback, most, above: 'refuse' }),
        page: text,
      });
      const [only, ...others] = query['project_ids[]'];
      if (only !== undefined && others.length === 0)
        checkTrouble(state, only, 'usage.completions', 'api.usage.read');
      // No usage here comes from a batch.
      const isBatch = query.batch !== undefined && flag([query.batch], 'batch');
      const end = query.end_time ?? state.seconds();
      if (end <= query.start_time)
        throw errorResponse(400, "'end_time' must be after 'start_time'.", 'end_time', 'invalid_value');
      // Buckets begin with the minute, hour or day that the time is in (inferred).
      const begin = query.start_time - (query.start_time % seconds);
      // The API was seen to refuse its own tokens.
      if (query.page !== undefined) throw refusedPage();
      let start = begin;
      const user = state.people[0]?.id ?? 'user-owner';
      const data = [];
      for (; data.length < query.limit && start < end; start += seconds) {
        const used = isBatch
          ? []
          : usage.between(
              start,
              start + seconds,
              (model, project) =>
                includes(query['models[]'], model) &&
                includes(query['project_ids[]'], project) &&
                includes(query['user_ids[]'], user) &&
                includes(query['api_key_ids[]'], keyOf(project)),
            );
        const results = groupUsage(used, query['group_by[]'], user);
        data.push({ object: 'bucket', start_time: start, end_time: start + seconds, results });
      }
      const has_more = start < end;
      return { object: 'page', data, has_more, next_page: has_more ? `page_${start.toString(36)}` : null };
    },
  },
];

function onlyWidth(query: URLSearchParams): [string, string][] {
  return query.getAll('bucket_width').map((value) => ['bucket_width', value]);
}

function refusedPage() {
  const message = 'The page token is invalid, have you modified the query parameters?';
  return errorResponse(400, message, 'page', 'invalid_value');
}

function includes(some: readonly string[], one: string): boolean {
  return some.length === 0 || some.includes(one);
}

/** The key that the usage of a project is attributed to. */
function keyOf(project: string): string {
  return project.replace('proj_', 'key_');
}

/** One result for each group with usage. Fields that are not grouped by are null. */
function groupUsage(used: readonly UsageSample[], by: readonly (typeof fields)[number][], user: string) {
  const results = new Map<string, ReturnType<typeof emptyResult>>();
  for (const { model, project, requests, inputTokens, outputTokens } of used) {
    const values = {
      project_id: project,
      user_id: user,
      api_key_id: keyOf(project),
      model,
      batch: false,
      service_tier: 'default',
      api_source: 'api',
    };
    const group = Object.fromEntries(by.map((field) => [field, values[field]]));
    const name = JSON.stringify(Object.values(group));
    const result = results.get(name) ?? { ...emptyResult(), ...group };
    result.num_model_requests += requests;
    result.input_tokens += inputTokens;
    result.output_tokens += outputTokens;
    results.set(name, result);
  }
  return [...results.values()];
}

function emptyResult() {
  return {
    object: 'organization.usage.completions.result',
    input_tokens: 0,
    output_tokens: 0,
    num_model_requests: 0,
    input_cached_tokens: 0,
    input_audio_tokens: 0,
    output_audio_tokens: 0,
    project_id: null,
    user_id: null,
    api_key_id: null,
    model: null,
    batch: null,
    service_tier: null,
    api_source: null,
  };
}
