import { parseCheckpointId, whyNotProject } from '../ids/checkpointId';
import type { StagedAction } from '../matrix/cell';
import { mostToolChanges } from '../thresholds';

// What language models send to the tools. They are held to a schema before, as far as the editor does that. So all of it
// is checked here once more.

/** Who may use a checkpoint, or what a project may use. Neither: the checkpoints in the list. */
export interface ListAccessInput {
  /** The ID of a checkpoint, or its name. */
  readonly checkpoint?: string;
  /** The ID of a project, or its name. Absent if there is a checkpoint. */
  readonly project?: string;
  /** Whether to load what is missing or old. */
  readonly load: boolean;
}

export interface ExplainAccessInput {
  /** The ID of a checkpoint, or its name. */
  readonly checkpoint: string;
  /** The ID of a project, or its name. */
  readonly project: string;
  /** Whether to load what is missing or old. */
  readonly load: boolean;
}

/** A change that an agent wants to stage. Both IDs have the form of one. */
export interface ProposedChange {
  readonly checkpoint: string;
  readonly project: string;
  readonly action: StagedAction;
}

export interface StageChangesInput {
  /** At least one. */
  readonly changes: readonly ProposedChange[];
}

/** What is wrong with an input. */
export type ToolInputProblem =
  | 'noObject'
  | 'unknownProperty'
  | 'checkpoint'
  | 'project'
  | 'bothNamed'
  | 'load'
  | 'changes'
  | 'tooManyChanges'
  | 'changeCheckpoint'
  | 'changeProject'
  | 'changeAction';

/** The input of a tool is not what its schema says. It doesn't repeat the input, which can be a key. */
export class ToolInputError extends Error {
  override readonly name = 'ToolInputError';

  constructor(readonly problem: ToolInputProblem) {
    super(problem);
  }
}

/** Longer than any name or ID, in UTF-16 code units. */
const longestText = 400;

/** Throws {@link ToolInputError}, as the other two. */
export function parseListAccess(value: unknown): ListAccessInput {
  const input = objectWith(value, ['checkpoint', 'project', 'load']);
  const checkpoint = optional(input.checkpoint, 'checkpoint');
  const project = optional(input.project, 'project');
  if (checkpoint !== undefined && project !== undefined) throw new ToolInputError('bothNamed');
  return {
    ...(checkpoint !== undefined && { checkpoint }),
    ...(project !== undefined && { project }),
    load: flag(input.load),
  };
}

export function parseExplainAccess(value: unknown): ExplainAccessInput {
  const input = objectWith(value, ['checkpoint', 'project', 'load']);
  return {
    checkpoint: text(input.checkpoint, 'checkpoint'),
    project: text(input.project, 'project'),
    load: flag(input.load),
  };
}

export function parseStageChanges(value: unknown): StageChangesInput {
  const { changes } = objectWith(value, ['changes']);
  if (!Array.isArray(changes) || changes.length === 0) throw new ToolInputError('changes');
  if (changes.length > mostToolChanges) throw new ToolInputError('tooManyChanges');
  return { changes: changes.map(parseChange) };
}

function parseChange(value: unknown): ProposedChange {
  const change = objectWith(value, ['checkpoint', 'project', 'action']);
  const checkpoint = text(change.checkpoint, 'changeCheckpoint');
  if (!parseCheckpointId(checkpoint)) throw new ToolInputError('changeCheckpoint');
  const project = text(change.project, 'changeProject');
  if (whyNotProject(project) !== undefined) throw new ToolInputError('changeProject');
  const { action } = change;
  if (action !== 'grant' && action !== 'revoke') throw new ToolInputError('changeAction');
  return { checkpoint, project, action };
}

/** An object that has no other properties than these. */
function objectWith<K extends string>(value: unknown, properties: readonly K[]): Partial<Record<K, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ToolInputError('noObject');
  const known: readonly string[] = properties;
  if (Object.keys(value).some((name) => !known.includes(name))) throw new ToolInputError('unknownProperty');
  return value;
}

function text(value: unknown, problem: ToolInputProblem): string {
  const trimmed = typeof value === 'string' && value.length <= longestText ? value.trim() : '';
  if (trimmed === '') throw new ToolInputError(problem);
  return trimmed;
}

/** A language model fills in what it doesn't need with an empty text. */
function optional(value: unknown, problem: ToolInputProblem): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : text(value, problem);
}

/** Only what is told counts: nothing is loaded by mistake. */
function flag(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new ToolInputError('load');
  return value;
}
