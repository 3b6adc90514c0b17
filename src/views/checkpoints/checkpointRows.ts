import type { TreeItem } from 'vscode';
import type { Permission } from '../../access/api';
import type { Arrangement } from '../../access/catalog/arrangement';
import type { Filter } from '../../access/catalog/filter';
import type { Listing } from '../../access/loading/listing';
import type { Organization } from '../../access/organization';
import {
  type CheckpointNode,
  itemId,
  type ModelNode,
  type Node,
  type PermissionNode,
  type RangeNode,
} from '../shared/nodes';
import { ArrangedRoot, noChildren } from './arrangedRoot';
import { childrenOf } from './children';
import { itemFor, modelItem } from './items';
import type { TreeChoices } from './treeChoices';

/** The tree item of a row. `rows`: absent while no organization is shown. `now` in milliseconds since 1970. */
export function checkpointsItem(
  rows: CheckpointRows | undefined,
  node: Node,
  choices: Pick<TreeChoices, 'filterOf'>,
  now: number,
): TreeItem {
  if (node.kind === 'model') return modelItem(node, rows?.root.childrenOf(node) ?? noChildren, now);
  if (node.kind !== 'checkpoint' || !rows) return itemFor(node, now);
  return itemFor(node, now, {
    note: rows.root.note(node, choices.filterOf(node.organization)),
    isEndSaidAbove: node.model !== undefined && rows.root.childrenOf(node.model).shutdown !== undefined,
  });
}

/**
 * The rows of one organization in the Checkpoints view: which there are, and what they say. `CheckpointsTree` decides
 * when they are drawn. VS Code identifies a node by its object, so each row keeps its object while it is the same.
 */
export class CheckpointRows {
  readonly root: ArrangedRoot;
  /** Permission nodes by item ID. */
  readonly #permissions = new Map<string, PermissionNode>();
  readonly #rangeOf = new WeakMap<Node, RangeNode>();
  /** The item IDs of a list's permissions, made when rows disappear. */
  readonly #ids = new WeakMap<Listing, ReadonlySet<string>>();

  constructor(organization: Organization) {
    this.root = new ArrangedRoot(organization);
  }

  /** Sorts and filters the root rows. */
  arrange(arrangement: Arrangement, filter: Filter, now: number): Node[] {
    return [...this.root.arrange(arrangement, filter, now)];
  }

  /** The rows of a checkpoint, from loaded data. */
  below(parent: CheckpointNode): Node[] {
    return childrenOf(parent).map((row) => (row.kind === 'permission' ? this.#reuse(row) : row));
  }

  permissionsIn(range: RangeNode): Node[] {
    const { parent, permissions } = range;
    return permissions.map((permission) => {
      const row = this.#reuse({ kind: 'permission', parent, permission });
      this.#rangeOf.set(row, range);
      return row;
    });
  }

  parentOf(node: Node): Node | undefined {
    if (node.kind === 'model') return undefined;
    return node.kind === 'checkpoint' ? node.model : (this.#rangeOf.get(node) ?? node.parent);
  }

  /** Whether a row that is gone from below its parent is elsewhere: under a model, or in another range. */
  isElsewhere(node: Node): boolean {
    if (node.kind === 'checkpoint') return this.root.nodeOf(node.checkpoint.id) !== undefined;
    if (node.kind !== 'permission') return false;
    const { organization, checkpoint } = node.parent;
    const { listing } = organization.permissions.snapshot(checkpoint.id);
    return listing !== undefined && this.#idsIn(listing, node.parent).has(itemId(node));
  }

  /** The checkpoints of a model that match the filter. */
  checkpointsOf(model: ModelNode): readonly CheckpointNode[] {
    return this.root.childrenOf(model).shown;
  }

  #idsIn(listing: Listing, parent: CheckpointNode): ReadonlySet<string> {
    const idOf = (permission: Permission): string => itemId({ kind: 'permission', parent, permission });
    const known = this.#ids.get(listing) ?? new Set(listing.permissions.map(idOf));
    this.#ids.set(listing, known);
    return known;
  }

  /** A permission keeps its node object, so that selection and menus still match it. */
  #reuse(row: PermissionNode): PermissionNode {
    const id = itemId(row);
    const existing = this.#permissions.get(id);
    if (existing?.parent === row.parent && existing.permission.created_at === row.permission.created_at) {
      this.#rangeOf.delete(existing);
      return existing;
    }
    this.#permissions.set(id, row);
    return row;
  }
}
