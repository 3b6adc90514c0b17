import type { AuditLogListParams } from '../../../openai';
import type { HistoryFilter } from './filter';

/**
 * What the API can be asked for because of a filter (docs/api.md#audit-log). Empty for the whole log. Projects are not
 * part of it: the log has the project that an event was made in, which is not the one that it gives access to.
 */
export interface LogQuery {
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to?: number;
  /** IDs of persons, service accounts and keys: alternatives. */
  readonly actors?: readonly string[];
}

/** The parameters of a query. The log counts in whole seconds. */
export function parametersOf({ from, to, actors = [] }: LogQuery): AuditLogListParams {
  const range = {
    ...(from !== undefined && { gte: Math.ceil(from / 1000) }),
    ...(to !== undefined && { lte: Math.ceil(to / 1000) - 1 }),
  };
  return {
    ...(actors.length > 0 && { actor_ids: [...actors] }),
    ...(Object.keys(range).length > 0 && { effective_at: range }),
  };
}

/**
 * The query of a filter. `actors`: the IDs of its person; empty if they are not known. Undefined if the API cannot skip
 * anything: its pages begin with the newest events, so a start alone saves none.
 */
export function queryOf({ from, to }: HistoryFilter, actors: readonly string[]): LogQuery | undefined {
  if (to === undefined && actors.length === 0) return undefined;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(actors.length > 0 && { actors }),
  };
}
