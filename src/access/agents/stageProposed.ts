import { toDate } from '../../text/steadyClock';
import { type AccessState, accessState } from '../loading/accessState';
import { areProjectsCertain } from '../loading/projectsStanding';
import type { StagingRefusal } from '../matrix/cell';
import type { Organization } from '../organization';
import type { ProposedChange } from './toolInput';

/** Why a change of an agent is not staged. */
export type ProposedRefusal =
  | Extract<StagingRefusal, 'owner' | 'archived' | 'has' | 'hasNot' | 'notLoaded'>
  /** The checkpoint isn't in the list that the person keeps. */
  | 'notListed'
  /** The list of projects is loaded and doesn't have the project. */
  | 'noProject'
  /** The opposite is staged: what a person staged is not taken back for them. */
  | 'otherwiseStaged'
  | 'tooMany';

/** What became of a change of an agent. */
export interface ProposedResult extends ProposedChange {
  readonly result: 'staged' | 'stagedBefore' | ProposedRefusal;
  /** When the access that decided was loaded, in milliseconds since 1970. */
  readonly loadedAt?: number;
}

/**
 * Stages the changes of an agent that have an effect by what is loaded. It only adds: nothing that is staged is replaced
 * or removed. Sends no request.
 */
export function stageProposed(
  organization: Organization,
  changes: readonly ProposedChange[],
): ProposedResult[] {
  const { staged } = organization;
  const added = new Map<string, ProposedChange>();
  const results = changes.map((change): ProposedResult => {
    const { checkpoint, project, action } = change;
    const key = JSON.stringify([checkpoint, project]);
    const before = staged.get(checkpoint, project) ?? added.get(key);
    if (before) return { ...change, result: before.action === action ? 'stagedBefore' : 'otherwiseStaged' };
    const state = accessState(organization, checkpoint, project);
    const dated = 'at' in state ? { loadedAt: toDate(state.at) } : {};
    const why = refusalOf(organization, change, state);
    if (!why) added.set(key, change);
    return { ...change, result: why ?? 'staged', ...dated };
  });
  if (added.size === 0 || staged.stage([...added.values()])) return results;
  return results.map((each) => (each.result === 'staged' ? { ...each, result: 'tooMany' } : each));
}

function refusalOf(
  { catalog, projects }: Organization,
  { checkpoint, project, action }: ProposedChange,
  { known }: AccessState,
): ProposedRefusal | undefined {
  if (!catalog.has(checkpoint)) return 'notListed';
  if (known === 'owner') return 'owner';
  if (known === 'unknown') return 'notLoaded';
  if (known === 'granted') return action === 'grant' ? 'has' : undefined;
  if (action === 'revoke') return 'hasNot';
  if (!projects.get(project) && areProjectsCertain(projects.snapshot)) return 'noProject';
  return projects.isArchivedNow(project) ? 'archived' : undefined;
}
