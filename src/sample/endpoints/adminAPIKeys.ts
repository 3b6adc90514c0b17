import { pageOf } from '../answers/page';
import { oneOf, pageSize, readQuery, text } from '../answers/query';
import type { Endpoint } from './endpoint';

/** The organization's admin keys, redacted (docs/api.md#admin-api-keys). Listing one is the cheapest check of a key. */
export const adminAPIKeyEndpoints: readonly Endpoint[] = [
  {
    name: 'adminAPIKeys.list',
    method: 'GET',
    path: '/organization/admin_api_keys',
    key: 'admin',
    scope: 'api.management.read',
    answer(state, { request }) {
      const query = readQuery(request.query, {
        after: text,
        limit: pageSize({ fallback: 20, most: 100, above: 'refuse' }),
        order: oneOf(['asc', 'desc'], 'asc'),
      });
      const keys = state.adminAPIKeys;
      return pageOf(query.order === 'asc' ? keys : keys.toReversed(), query.after, query.limit);
    },
  },
];
