import type { OpenAIAdmin, Project } from '../../openai';
import type { Ask } from './keptAnswers';
import { messageOfNotFound } from './notFound';

/** One project as the API reported it. `notFound`: the organization has no such project. */
export type ProjectState =
  | { readonly kind: 'found'; readonly project: Project }
  | { readonly kind: 'notFound' };

/** Asks for one project, by one request. */
export function askProjectState(
  api: Pick<OpenAIAdmin['admin']['organization']['projects'], 'retrieve'>,
): Ask<string, ProjectState> {
  return async (id, options) => {
    try {
      return { kind: 'found', project: await api.retrieve(id, options) };
    } catch (error) {
      if (messageOfNotFound(error) === undefined) throw error;
      return { kind: 'notFound' };
    }
  };
}
