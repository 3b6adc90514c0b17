import { APIError, UnexpectedAnswerError } from '../openai';
import { type Explanation, explain, isNotFromTheAPI } from './explain';

/** A failure to list the organization's projects in words: refusals are about that list, not about a checkpoint. */
export function explainProjects(error: unknown): Explanation {
  const explained = explain(error);
  if (!(error instanceof APIError) || error instanceof UnexpectedAnswerError) return explained;
  if (isNotFromTheAPI(error) || error.missingScopes.length > 0) return explained;
  const own = refusals[error.status ?? 0];
  return own ? { ...own, ...(explained.detail && { detail: explained.detail }) } : explained;
}

const refusals: Readonly<Record<number, Explanation>> = {
  400: {
    what: 'The server refused to list the projects',
    next: 'See the log for what it said.',
  },
  403: {
    what: 'The key is not allowed to list the projects',
    next: 'Ask an organization owner, or set an admin API key that may.',
    offer: 'setAdminKey',
  },
  404: {
    what: 'The server has no list of projects',
    next: 'A gateway may leave it out: check the setting Base URL.',
    offer: 'settings',
  },
};
