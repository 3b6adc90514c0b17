import type { OpenAIAdmin } from '../../openai';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Ask } from './keptAnswers';
import { messageOfNotFound } from './notFound';

/**
 * Which models a project may use (docs/api.md#model-permissions-of-a-project). `none`: the project has no policy,
 * inferred from the API's own 404.
 */
export type ModelPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'allow_list' | 'deny_list'; readonly models: ReadonlySet<string> };

/** Asks for the model policy of a project, by one request. */
export function askProjectPolicy(
  api: Pick<OpenAIAdmin['admin']['organization']['projects'], 'modelPermissions'>,
): Ask<string, ModelPolicy> {
  return async (project, options) => {
    try {
      const { mode, model_ids } = await api.modelPermissions.retrieve(project, options);
      return { kind: mode, models: new Set(model_ids) };
    } catch (error) {
      if (!isAbsent(error)) throw error;
      return { kind: 'none' };
    }
  };
}

/** Whether a 404 says that the project has no policy, and not that there is no such project. */
function isAbsent(error: unknown): boolean {
  const message = messageOfNotFound(error);
  if (message === undefined) return false;
  if (/model.?permission|polic(y|ies)\b/i.test(message)) return true;
  return !/\bproject\b.{0,300}\b(not found|not exist)/i.test(message);
}

/**
 * What a list of a policy has of a checkpoint:
 * - `listed`: its own ID.
 * - `related`: only the IDs of what it was made from: its base model, or, for a training step, its fine-tuned model.
 *   Whether they stand for it is not documented.
 * - `notListed`: nothing of it.
 */
export type PolicyMatch =
  | { readonly kind: 'listed' | 'notListed' }
  | { readonly kind: 'related'; readonly models: readonly string[] };

/** Compares a checkpoint with the models of a policy. */
export function matchPolicy(models: ReadonlySet<string>, checkpoint: string): PolicyMatch {
  if (models.has(checkpoint)) return { kind: 'listed' };
  const related = relatedModels(checkpoint).filter((id) => models.has(id));
  return related.length > 0 ? { kind: 'related', models: related } : { kind: 'notListed' };
}

/** The models that a checkpoint was made from. A base model also goes by its name without the date. */
function relatedModels(checkpoint: string): string[] {
  const parsed = parseCheckpointId(checkpoint);
  if (!parsed) return [];
  const { baseModel, step } = parsed;
  const undated = baseModel.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const model = step === undefined ? [] : [checkpoint.slice(0, checkpoint.lastIndexOf(':'))];
  return [...new Set([...model, baseModel, undated])];
}

/** How far the model policies are loaded that decide whether permissions have an effect. Each project is once in it. */
export interface PolicyCoverage {
  /** All of these projects. */
  readonly projects: readonly string[];
  /** Nothing was loaded of these. */
  readonly notLoaded: readonly string[];
  /** These were loaded too long ago, or before a refresh. */
  readonly old: readonly string[];
  /** The last request for these failed. There may be an older answer. */
  readonly failed: readonly { readonly project: string; readonly error: unknown }[];
  /** When the oldest answer was loaded, in milliseconds since 1970. Absent if there is none. */
  readonly loadedAt?: number;
}

/** The projects whose policies are missing or old, one request each. What failed comes last. */
export function policiesToLoad({ notLoaded, old, failed }: PolicyCoverage): string[] {
  return [...notLoaded, ...old, ...failed.map(({ project }) => project)];
}
