import { IncompleteListError, type OpenAIAdmin } from '../../openai';
import { daysPerRequest, usageQuery } from '../evidence/usageDays';
import type { Ask } from './keptAnswers';

/** A project and a checkpoint. */
export interface Pair {
  readonly project: string;
  readonly checkpoint: string;
}

/** The use of one checkpoint by one project in the last days. Moments in milliseconds since 1970. */
export interface PairUse {
  readonly requests: number;
  /** The start of the last day with usage. Absent if there is none. */
  readonly lastDay?: number;
  readonly from: number;
  readonly until: number;
  /** Some of the usage names no project or model, or is of another kind. */
  readonly unattributed?: true;
}

/** Asks for the use of a pair in as many days as one request has. `now` in milliseconds since 1970. */
export function askPairUse(
  api: Pick<OpenAIAdmin['admin']['organization']['usage'], 'completionWindows'>,
  now: () => number,
): Ask<Pair, PairUse> {
  return async ({ project, checkpoint }, options) => {
    const until = now();
    const query = {
      ...usageQuery(until, ['model', 'project_id'], daysPerRequest),
      models: [checkpoint],
      project_ids: [project],
    };
    let requests = 0;
    let last = 0;
    let isUnattributed = false;
    try {
      for await (const { data } of api.completionWindows(query, options)) {
        for (const { results, start_time, otherResults } of data) {
          if (otherResults) isUnattributed = true;
          for (const { model, project_id, num_model_requests } of results) {
            if (num_model_requests <= 0) continue;
            if (!model || !project_id) isUnattributed = true;
            // A gateway may ignore the filters.
            if (model !== checkpoint || project_id !== project) continue;
            requests += num_model_requests;
            last = Math.max(last, start_time);
          }
        }
      }
    } catch (error) {
      // What is missing cannot undo a use that was found. What was found in another period is no use in this one.
      const isMissing = error instanceof IncompleteListError && error.reason !== 'otherPeriod';
      if (requests === 0 || !isMissing) throw error;
    }
    return {
      requests,
      ...(requests > 0 && { lastDay: last * 1000 }),
      from: query.start_time * 1000,
      until,
      ...(isUnattributed && { unattributed: true }),
    };
  };
}
