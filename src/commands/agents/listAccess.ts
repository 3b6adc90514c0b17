import { checkpointNamed, type NamedByAgent, projectNamed } from '../../access/agents/findNamed';
import {
  isTooLongForTool,
  loadCheckpointForTool,
  loadProjectForTool,
  requestsForCheckpoint,
  requestsForProject,
} from '../../access/agents/loadForTool';
import { projectCoverage } from '../../access/agents/projectCoverage';
import { type ListAccessInput, parseListAccess } from '../../access/agents/toolInput';
import type { Permission } from '../../access/api';
import { projectAccess } from '../../access/catalog/accessByProject';
import { Effects } from '../../access/explain/effect';
import type { Pair } from '../../access/explain/pairUse';
import { isOfKey } from '../../access/failures';
import type { Organization } from '../../access/organization';
import { isoMoment } from '../../text/dates';
import { plainText } from '../../text/plainText';
import { toDate } from '../../text/steadyClock';
import { asMarkdown } from '../../views/markdown/escape';
import { summarizeAccess } from '../../views/summary/access';
import { accessNotes, reliabilityInWords } from '../../words/access';
import {
  failedAccess,
  listAccessQuestion,
  listCheckpointsQuestion,
  mayOwn,
  notInList,
  notNamed,
  oldAccess,
  stillUnknown,
  toolNotes,
} from '../../words/agents';
import { effectiveInWords } from '../../words/effect';
import { explain, explanationInWords } from '../../words/errors';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import { projectListInWords } from '../../words/projects';
import { shutdownLine } from '../../words/shutdown';
import { doubtsOrStateInWords } from '../../words/standing';
import { ToolRefusal } from './refusal';
import type { Tool } from './tool';
import type { ToolAnswer } from './toolAnswer';

/** The most entries of an answer, before it is shortened to its budget. */
const mostEntries = 300;

/** The most IDs that are offered for a name. */
const mostCandidates = 20;

/** The one that is meant. Throws {@link ToolRefusal} for none and for several. */
export function idOf(of: 'checkpoint' | 'project', named: NamedByAgent): string {
  if (named.kind === 'found') return named.id;
  const ids = named.kind === 'several' ? named.ids : [];
  const shown = ids.slice(0, mostCandidates).map((id) => plainText(id, 400));
  throw new ToolRefusal(notNamed(of, shown, ids.length));
}

/** What every answer says first. */
export function aboutAnswer(organization: Organization): Readonly<Record<string, unknown>> {
  return {
    organization: organization.name,
    ...(organization.isSample && { sample: toolNotes.sample }),
    now: isoMoment(organization.now()),
  };
}

/** Who may use a checkpoint, what a project may use, or which checkpoints there are, by what is loaded. */
export const listAccess: Tool<ListAccessInput> = {
  parse: parseListAccess,

  requests: (organization, { checkpoint, project, load }) => {
    if (!load) return 0;
    if (checkpoint !== undefined)
      return requestsForCheckpoint(organization, listedId(organization, checkpoint));
    if (project !== undefined)
      return requestsForProject(organization, idOf('project', projectNamed(organization, project)));
    return 0;
  },

  ask: (organization, { checkpoint, project }, requests) => {
    if (checkpoint !== undefined) {
      const id = listedId(organization, checkpoint);
      return listAccessQuestion(asMarkdown(plainCheckpointLabel(id, organization)), 'checkpoint', requests);
    }
    if (project !== undefined) {
      const id = idOf('project', projectNamed(organization, project));
      return listAccessQuestion(asMarkdown(plainProjectName(organization, id)), 'project', requests);
    }
    return listCheckpointsQuestion(requests);
  },

  run: async (_, organization, { checkpoint, project, load }, signal) => {
    if (checkpoint !== undefined) {
      const id = listedId(organization, checkpoint);
      const isTooLong = load && isTooLongForTool(organization, id);
      if (load) await loadCheckpointForTool(organization, id, signal);
      return ofCheckpoint(organization, id, load, isTooLong);
    }
    if (project !== undefined) {
      const id = idOf('project', projectNamed(organization, project));
      if (load) await loadProjectForTool(organization, id, signal);
      return ofProject(organization, id, load);
    }
    return ofList(organization);
  },
};

/** Only what a person has in their list is loaded for an agent. */
function listedId(organization: Organization, text: string): string {
  const id = idOf('checkpoint', checkpointNamed(organization, text));
  if (!organization.catalog.has(id)) throw new ToolRefusal(notInList);
  return id;
}

function ofCheckpoint(
  organization: Organization,
  id: string,
  isLoaded: boolean,
  isTooLong: boolean,
): ToolAnswer {
  const now = organization.now();
  const { standing } = summarizeAccess(organization, id, now);
  const permissions = organization.permissions.snapshot(id).listing?.permissions ?? [];
  const byProject = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const own = byProject.get(permission.project_id);
    if (own) own.push(permission);
    else byProject.set(permission.project_id, [permission]);
  }
  const effects = new Effects(organization, now);
  const owner = organization.ownerOf(id);
  const projects = [...byProject].slice(0, mostEntries).map(([project, own]) => ({
    ...projectFacts(organization, project),
    permissions: own.map(permissionFacts),
    ...effectFacts(effects, { project, checkpoint: id }),
  }));
  const isCurrent = standing.state === 'loaded' && standing.doubts.length === 0;
  const isMoreToAsk = standing.doubts.includes('moreToLoad') && !isOfKey(standing.failure?.error);
  return {
    facts: {
      ...aboutAnswer(organization),
      checkpoint: checkpointFacts(organization, id, now),
      owner: owner === undefined ? null : projectFacts(organization, owner),
      access: {
        ...listFacts(organization, id, now),
        permissions: permissions.length,
        projects: byProject.size,
      },
      projectNames: projectListInWords(organization.projectsStanding, now),
      notes: [
        ...(isCurrent || isLoaded ? [] : [toolNotes.notLoadedByItself]),
        ...(isTooLong ? [toolNotes.tooLong] : []),
        ...(isLoaded && !isTooLong && isMoreToAsk ? [toolNotes.stillMore] : []),
        toolNotes.absence,
        toolNotes.canUse,
      ],
    },
    entries: { name: 'projects', list: projects, total: byProject.size },
  };
}

function ofProject(organization: Organization, project: string, isLoaded: boolean): ToolAnswer {
  const now = organization.now();
  const { grants, owns, notKnown, mayOwn: maybe } = projectAccess(organization, project, now);
  const effects = new Effects(organization, now);
  const granted = grants.slice(0, mostEntries).map(({ facts, permission, answeredAt }) => ({
    ...checkpointFacts(organization, facts.checkpoint.id, now),
    by: 'permission',
    permission: permissionFacts(permission),
    ...effectFacts(effects, { project, checkpoint: facts.checkpoint.id }),
    ...(answeredAt === undefined
      ? listFacts(organization, facts.checkpoint.id, now)
      : { loadedAt: isoMoment(toDate(answeredAt)) }),
  }));
  const owned = owns.slice(0, mostEntries).map((id) => ({
    ...checkpointFacts(organization, id, now),
    by: 'ownership',
    ...effectFacts(effects, { project, checkpoint: id }),
  }));
  const { unknown, old, oldest, failures } = projectCoverage(organization, project, now);
  const [failure] = failures.values();
  const isRefused = [...failures.values()].some(isOfKey);
  const isMoreToAsk = !isRefused && unknown.length + old.length > failures.size;
  return {
    facts: {
      ...aboutAnswer(organization),
      project: projectFacts(organization, project),
      isComplete: unknown.length === 0,
      // Also of what the project has no permission for, which is no entry.
      ...(oldest !== undefined && { oldestLoadedAt: isoMoment(oldest) }),
      permissions: grants.length,
      owns: owns.length,
      unknown: notKnown,
      mayOwn: maybe,
      projectNames: projectListInWords(organization.projectsStanding, now),
      notes: [
        ...(notKnown > 0 ? [stillUnknown(notKnown)] : []),
        ...(old.length > 0 && oldest !== undefined ? [oldAccess(old.length, oldest, now)] : []),
        ...(failures.size > 0 ? [failedAccess(failures.size, reasonOf(failure))] : []),
        ...(isMoreToAsk && isLoaded ? [toolNotes.stillMore] : []),
        ...(maybe > 0 ? [mayOwn(maybe)] : []),
        ...(isLoaded || unknown.length + old.length === 0 ? [] : [toolNotes.notLoadedByItself]),
        toolNotes.canUse,
      ],
    },
    entries: { name: 'checkpoints', list: [...granted, ...owned], total: grants.length + owns.length },
  };
}

function ofList(organization: Organization): ToolAnswer {
  const now = organization.now();
  const { ids } = organization.catalog;
  const checkpoints = ids.slice(0, mostEntries).map((id) => {
    const { summary, owner } = summarizeAccess(organization, id, now);
    return {
      ...checkpointFacts(organization, id, now),
      summary,
      owner,
      ...listFacts(organization, id, now),
    };
  });
  return {
    facts: { ...aboutAnswer(organization), listed: ids.length, notes: [toolNotes.absence] },
    entries: { name: 'checkpoints', list: checkpoints, total: ids.length },
  };
}

/** How far the list of a checkpoint is loaded, with every doubt. */
function listFacts(organization: Organization, id: string, now: number) {
  const standing = organization.standingOf(id, now);
  const { state, isComplete, loadedAt } = standing;
  const isCertain = standing.doubts.length === 0;
  return {
    state,
    isComplete,
    ...(loadedAt !== undefined && { loadedAt: isoMoment(loadedAt) }),
    age: reliabilityInWords(standing, now),
    ...(state === 'loaded' && isCertain ? {} : { doubts: doubtsOrStateInWords(standing, now) }),
    ...(standing.failure || standing.brokenOff ? { problems: accessNotes(standing) } : {}),
  };
}

export function checkpointFacts(organization: Organization, id: string, now: number) {
  const shutdown = organization.endOf(id);
  return {
    id,
    name: plainCheckpointLabel(id, organization),
    ...(shutdown && { shutdown: shutdownLine(shutdown, now) }),
  };
}

export function projectFacts({ projects }: Organization, id: string) {
  const name = projects.nameOf(id);
  return {
    id,
    ...(name !== undefined && { name: plainText(name, 100) }),
    ...(projects.isArchived(id) && { isArchived: true }),
  };
}

/** Whether a project can use a checkpoint, by what is loaded. */
function effectFacts(effects: Effects, pair: Pair) {
  const { kind, old } = effects.of(pair);
  return { canUse: effectiveInWords[kind], ...(old.length > 0 && { canUseIsOld: true }) };
}

function reasonOf(error: unknown): string {
  const { what, next } = explain(error);
  return explanationInWords({ what, next });
}

function permissionFacts({ id, created_at }: Permission) {
  return { id, ...(created_at > 0 && { since: isoMoment(created_at * 1000) }) };
}
