import type { Permission } from '../../access/api';
import type { Organization } from '../../access/organization';
import { checkpointLabel, projectName } from '../../words/names';
import type { Node } from '../shared/nodes';
import { addressOf, type DetailsAddress } from './subject';

/**
 * The address of the page of a row of a checkpoint. Rows other than models and permissions share the page of their
 * checkpoint. `label`: the organization's, where there are several.
 */
export function addressOfRow(
  among: Organization,
  checkpoint: string,
  row: Node | undefined,
  label: string,
): DetailsAddress {
  if (row?.kind === 'permission')
    return permissionAddress(among, row.parent.checkpoint.id, row.permission, label);
  const kind = row?.kind === 'model' ? 'model' : 'checkpoint';
  return addressOf({ kind, organization: among.id, checkpoint }, checkpointLabel(checkpoint, among), label);
}

/** The address of the page of a permission. */
export function permissionAddress(
  among: Organization,
  checkpoint: string,
  permission: Pick<Permission, 'id' | 'project_id'>,
  label: string,
): DetailsAddress {
  const name = `${projectName(among, permission.project_id)} · ${checkpointLabel(checkpoint, among)}`;
  const subject = {
    kind: 'permission',
    organization: among.id,
    checkpoint,
    permission: permission.id,
  } as const;
  return addressOf(subject, name, label);
}
