import { type OpenAIAdmin, type Project, UnexpectedResponseError } from '../../openai';
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
      const project = await api.retrieve(id, options);
      // What a gateway sends about another project says nothing about this one.
      if (project.id !== id) {
        const mismatch = { field: 'id', found: 'other', expected: id };
        throw new UnexpectedResponseError('shape', { mismatch });
      }
      return { kind: 'found', project };
    } catch (error) {
      if (messageOfNotFound(error) === undefined) throw error;
      return { kind: 'notFound' };
    }
  };
}
