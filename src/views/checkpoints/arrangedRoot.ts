import { type ArrangedRow, arrange } from '../../access/catalog/arrange';
import type { Arrangement } from '../../access/catalog/arrangement';
import { type CheckpointFacts, checkpointFactsIn } from '../../access/catalog/checkpointFacts';
import { type Filter, isFiltering } from '../../access/catalog/filter';
import { accessIn, matchesFilter } from '../../access/catalog/matchesFilter';
import type { Shutdown } from '../../access/catalog/shutdown';
import { accessState } from '../../access/loading/accessState';
import { isCertain } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { plainText } from '../../text/plainText';
import { toDate } from '../../text/steadyClock';
import {
  accessUnknown,
  checkpointsMessage,
  type Extent,
  filteredInWords,
  ownedByProject,
} from '../../words/checkpoints';
import { quotedProject } from '../../words/projects';
import type { CheckpointNode, ModelNode } from '../shared/nodes';

/** The checkpoints of a model that match the filter, and how many of its checkpoints are in the list. */
export interface ModelChildren {
  readonly shown: readonly CheckpointNode[];
  readonly listed: number;
  /** The shutdown of the shown ones, if all have the same day. */
  readonly shutdown?: Shutdown | undefined;
}

export const noChildren: ModelChildren = { shown: [], listed: 0 };

/**
 * The root rows of the tree: the checkpoints of one organization, filtered, grouped, and sorted. VS Code identifies a
 * node by its object, so each checkpoint keeps its object as long as it has the same parent.
 */
export class ArrangedRoot {
  #checkpoints = new Map<string, CheckpointNode>();
  #models = new Map<string, ModelNode>();
  #childrenOf = new Map<ModelNode, ModelChildren>();
  #rows: readonly (ModelNode | CheckpointNode)[] = [];
  #extent: Extent = {
    listed: 0,
    shown: 0,
    ended: 0,
    notLoaded: 0,
    endUnknown: 0,
    notSearched: 0,
    accessUnknown: 0,
    mayOwn: 0,
  };

  constructor(private readonly organization: Organization) {}

  /** Rebuilds the rows from loaded data. */
  arrange(arrangement: Arrangement, filter: Filter, now: number): readonly (ModelNode | CheckpointNode)[] {
    const { catalog, permissions } = this.organization;
    const listed = checkpointFactsIn(catalog, permissions, now);
    const rows = isFiltering(filter)
      ? arrange(listed, arrangement, matchesFilter(filter, this.organization, now))
      : arrange(listed, arrangement);
    this.#rows = this.#nodesOf(rows);
    const shown = rows.flatMap((row) => (row.kind === 'model' ? row.checkpoints : [row.facts]));
    this.#extent = this.#extentOf(listed, shown, filter);
    return this.#rows;
  }

  get rows(): readonly (ModelNode | CheckpointNode)[] {
    return this.#rows;
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** The checkpoints that match the filter, including those under collapsed models. */
  get shown(): Iterable<CheckpointNode> {
    return this.#checkpoints.values();
  }

  nodeOf(checkpoint: string): CheckpointNode | undefined {
    return this.#checkpoints.get(checkpoint);
  }

  childrenOf(model: ModelNode): ModelChildren {
    return this.#childrenOf.get(model) ?? noChildren;
  }

  /**
   * The message above the rows: the organization (`label`, empty when there is only one), what a filter hides and where
   * its result is uncertain, the sort order, and a note on project names (`names`). Undefined when the list is empty,
   * because a message hides the welcome content.
   */
  message(
    label: string,
    { sort }: Arrangement,
    filter: Filter,
    names: string,
    now: number,
  ): string | undefined {
    if (this.#extent.listed === 0) return undefined;
    const { name, isSample } = this.organization;
    const filtered = isFiltering(filter) ? filteredInWords(this.#filterWords(filter), this.#extent, now) : '';
    const organization = { name: plainText(name, 100), label, isSample };
    return checkpointsMessage(organization, filtered, sort, names) || undefined;
  }

  #filterWords({ text = '', project, endsWithin }: Filter): Parameters<typeof filteredInWords>[0] {
    return {
      text: plainText(text, 60),
      project: project === undefined ? undefined : quotedProject(this.organization.projects, project),
      endsWithin,
    };
  }

  /** A note on a checkpoint under a filter by project: its access is unknown, or comes from owning it. Else empty. */
  note({ checkpoint }: CheckpointNode, { project }: Filter): string {
    if (project === undefined) return '';
    const access = accessState(this.organization, checkpoint.id, project);
    if (access.known === 'owner') return ownedByProject;
    return access.known === 'unknown' ? accessUnknown(access.failure !== undefined) : '';
  }

  #nodesOf(rows: readonly ArrangedRow[]): (ModelNode | CheckpointNode)[] {
    const checkpoints = new Map<string, CheckpointNode>();
    const models = new Map<string, ModelNode>();
    const childrenOf = new Map<ModelNode, ModelChildren>();
    const nodeOf = ({ checkpoint }: CheckpointFacts, model?: ModelNode): CheckpointNode => {
      const existing = this.#checkpoints.get(checkpoint.id);
      const node =
        existing && existing.model === model
          ? existing
          : ({
              kind: 'checkpoint',
              organization: this.organization,
              checkpoint,
              ...(model && { model }),
            } as const);
      checkpoints.set(checkpoint.id, node);
      return node;
    };
    const nodes = rows.map((row) => {
      if (row.kind === 'checkpoint') return nodeOf(row.facts);
      const model = this.#models.get(row.id) ?? {
        kind: 'model',
        organization: this.organization,
        id: row.id,
      };
      models.set(row.id, model);
      const shown = row.checkpoints.map((facts) => nodeOf(facts, model));
      childrenOf.set(model, { shown, listed: row.listed, shutdown: commonShutdown(row.checkpoints) });
      return model;
    });
    this.#checkpoints = checkpoints;
    this.#models = models;
    this.#childrenOf = childrenOf;
    return nodes;
  }

  /** Whether a search by text has the IDs and names of all projects with access. */
  #areProjectsKnown({ snapshot }: CheckpointFacts): boolean {
    if (!isCertain(snapshot)) return false;
    return snapshot.listing?.permissions.length === 0 || this.organization.projectsStanding.isComplete;
  }

  #extentOf(
    listed: readonly CheckpointFacts[],
    shown: readonly CheckpointFacts[],
    { project, text }: Filter,
  ): Extent {
    const shownFacts = new Set(shown);
    const accesses =
      project === undefined
        ? []
        : listed.map((facts) => ({
            access: accessIn(facts, project, this.organization),
            isShown: shownFacts.has(facts),
          }));
    const moments = accesses.flatMap(({ access }) => ('at' in access ? toDate(access.at) : []));
    return {
      listed: listed.length,
      shown: shown.length,
      ended: listed.filter(({ isShutDown }) => isShutDown).length,
      notLoaded: shown.filter(({ permissions }) => permissions === undefined).length,
      endUnknown: listed.filter(({ shutdown }) => !shutdown).length,
      notSearched: text?.trim()
        ? listed.filter((facts) => !shownFacts.has(facts) && !this.#areProjectsKnown(facts)).length
        : 0,
      accessUnknown: accesses.filter(({ access, isShown }) => isShown && access.known === 'unknown').length,
      mayOwn: accesses.filter(({ access, isShown }) => !isShown && access.known === 'notGranted').length,
      ...(moments.length > 0 && { accessAsOf: Math.min(...moments) }),
    };
  }
}

function commonShutdown(checkpoints: readonly CheckpointFacts[]): Shutdown | undefined {
  const [first] = checkpoints;
  const isCommon = checkpoints.every(
    ({ shutdown }) => shutdown?.shutsDownOn === first?.shutdown?.shutsDownOn,
  );
  return isCommon ? first?.shutdown : undefined;
}
