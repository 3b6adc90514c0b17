import type { Arrangement } from '../../access/catalog/arrangement';
import { type ArrangedRow, arrange } from '../../access/catalog/arrangement';
import { type CheckpointFacts, factsOf } from '../../access/catalog/checkpointFacts';
import { accessIn, type Filter, isFiltering, matchesFilter } from '../../access/catalog/matchesFilter';
import { accessState, isWhole } from '../../access/loading/accessState';
import type { Organization } from '../../access/organization';
import type { CheckpointNode, ModelNode } from '../shared/nodes';
import { messageOf } from './viewMessage';

/** What is shown of the list, for what the view says about itself. */
export interface Extent {
  readonly listed: number;
  readonly shown: number;
  /** Of those listed: how many have ended. */
  readonly ended: number;
  /** Of those shown: how many were never read. */
  readonly notRead: number;
  /** Of those listed: of how many no end is known, which does not mean that there is none. */
  readonly endNotKnown: number;
  /** Of those that a text hides: how many may have a project that it would find, because they were not read to their end. */
  readonly notSearched: number;
  /** Of those shown: for how many it is not known whether the project that is filtered by can use them. */
  readonly accessNotKnown: number;
  /** When the oldest answer was given that decides about the project; milliseconds since 1970. */
  readonly accessAsOf?: number;
}

/** The checkpoints of a model that are shown, and how many of it are in the list. */
export interface UnderModel {
  readonly shown: readonly CheckpointNode[];
  readonly listed: number;
}

/**
 * The first rows of the tree: the checkpoints of one organization's list as the person wants them. VS Code finds a node
 * again by its object, so each keeps its own for as long as it stands under the same one.
 */
export class ArrangedRoot {
  #checkpoints = new Map<string, CheckpointNode>();
  #models = new Map<string, ModelNode>();
  #under = new Map<ModelNode, UnderModel>();
  #rows: readonly (ModelNode | CheckpointNode)[] = [];
  #extent: Extent = {
    listed: 0,
    shown: 0,
    ended: 0,
    notRead: 0,
    endNotKnown: 0,
    notSearched: 0,
    accessNotKnown: 0,
  };

  constructor(private readonly organization: Organization) {}

  /** Lays the list out anew from what is known. */
  arrange(arrangement: Arrangement, filter: Filter, now: number): readonly (ModelNode | CheckpointNode)[] {
    const { catalog, permissions } = this.organization;
    const listed = factsOf(catalog, permissions, now);
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

  /** The checkpoints that are shown, also under models that are folded. */
  get shown(): Iterable<CheckpointNode> {
    return this.#checkpoints.values();
  }

  nodeOf(checkpoint: string): CheckpointNode | undefined {
    return this.#checkpoints.get(checkpoint);
  }

  under(model: ModelNode): UnderModel {
    return this.#under.get(model) ?? { shown: [], listed: 0 };
  }

  /** What the view says above the rows; see {@link messageOf} for what it is given. */
  message(
    label: string,
    arrangement: Arrangement,
    filter: Filter,
    names: string,
    now: number,
  ): string | undefined {
    return messageOf(this.organization, label, arrangement, filter, this.#extent, names, now);
  }

  /** What is to be said of a checkpoint because of the filter; empty as a rule. */
  note({ checkpoint }: CheckpointNode, { project }: Filter): string {
    if (project === undefined) return '';
    const access = accessState(this.organization.permissions, checkpoint.id, project);
    if (access.known !== 'unknown') return '';
    return access.failure === undefined ? 'access not known' : 'access not known, asking failed';
  }

  #nodesOf(rows: readonly ArrangedRow[]): (ModelNode | CheckpointNode)[] {
    const checkpoints = new Map<string, CheckpointNode>();
    const models = new Map<string, ModelNode>();
    const under = new Map<ModelNode, UnderModel>();
    const nodeOf = ({ checkpoint }: CheckpointFacts, model?: ModelNode): CheckpointNode => {
      const known = this.#checkpoints.get(checkpoint.id);
      const node =
        known && known.model === model
          ? known
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
      under.set(model, { shown, listed: row.listed });
      return model;
    });
    this.#checkpoints = checkpoints;
    this.#models = models;
    this.#under = under;
    return nodes;
  }

  /** By id and by name, as the text that is searched has them. */
  #areProjectsKnown({ snapshot }: CheckpointFacts): boolean {
    const { readAt, incomplete } = this.organization.projects.snapshot;
    if (!isWhole(snapshot)) return false;
    return snapshot.listing?.permissions.length === 0 || (readAt !== undefined && incomplete === undefined);
  }

  #extentOf(
    listed: readonly CheckpointFacts[],
    shown: readonly CheckpointFacts[],
    { project, text }: Filter,
  ): Extent {
    const inSight = new Set(shown);
    const accesses =
      project === undefined ? [] : listed.map((facts) => accessIn(facts, project, this.organization));
    const moments = accesses.flatMap((access) => (access.known === 'unknown' ? [] : access.at));
    return {
      listed: listed.length,
      shown: shown.length,
      ended: listed.filter(({ ended }) => ended).length,
      notRead: shown.filter(({ permissions }) => permissions === undefined).length,
      endNotKnown: listed.filter(({ retirement }) => !retirement).length,
      notSearched: text?.trim()
        ? listed.filter((facts) => !inSight.has(facts) && !this.#areProjectsKnown(facts)).length
        : 0,
      accessNotKnown:
        project === undefined
          ? 0
          : shown.filter((facts) => accessIn(facts, project, this.organization).known === 'unknown').length,
      ...(moments.length > 0 && { accessAsOf: Math.min(...moments) }),
    };
  }
}
