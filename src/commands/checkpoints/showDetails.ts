import { commands } from 'vscode';
import type { Organization } from '../../access/organization';
import { addressOfRow, permissionAddress } from '../../views/details/addresses';
import { addressOf, type DetailsAddress } from '../../views/details/subject';
import type { Node, ProjectNode } from '../../views/shared/nodes';
import { detailsQuestion, organizationDetails } from '../../words/checkpointList';
import { projectName } from '../../words/names';
import { linkedCheckpoint, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';

const everyKind = ['model', 'checkpoint', 'permission', 'range', 'more', 'none', 'failure'] as const;
const projectKinds = ['project', 'notKnown'] as const;

/** Opens the details page of a row. Sends no request. */
export const showDetails: Command = async (services, target, selection) => {
  const [of] = targets(services, target, selection, ...projectKinds);
  if (of) return showProject(services, of.kind === 'project' ? of : of.projectNode);
  const rows = targets(services, target, selection, ...everyKind);
  const [row] = rows;
  if (row?.kind === 'failure' && !row.parent) {
    return openDetails(services, addressOf({ kind: 'organization' }, organizationDetails));
  }
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, rows, link);
  if (!organization) return;
  const id =
    link?.checkpoint ??
    (row ? checkpointOf(row) : undefined) ??
    (await pickCheckpoints(organization, { ...detailsQuestion, several: false }))?.[0];
  if (id !== undefined)
    await openDetails(services, addressOfRow(organization, id, row, services.current.labelAmongSeveral));
};

async function showProject(services: Services, node: ProjectNode): Promise<void> {
  const organization = await organizationInView(services, [node]);
  if (!organization) return;
  const { project } = node;
  const name = projectName(organization, project);
  await openDetails(
    services,
    addressOf(
      { kind: 'project', organization: organization.id, project },
      name,
      services.current.labelAmongSeveral,
    ),
  );
}

/**
 * Opens the details page of a permission in a loaded list, or of one that may no longer be listed. `project`: its
 * project, if that is known. Sends no request.
 */
export async function showPermission(
  services: Services,
  among: Organization,
  checkpoint: string,
  permissionId: string,
  project = '',
): Promise<void> {
  const { listing } = among.permissions.snapshot(checkpoint);
  const listed = listing?.permissions.find(({ id }) => id === permissionId);
  const permission = listed ?? (project === '' ? undefined : { id: permissionId, project_id: project });
  if (!permission) return;
  const { labelAmongSeveral } = services.current;
  await openDetails(services, permissionAddress(among, checkpoint, permission, labelAmongSeveral));
}

function checkpointOf(row: Node): string | undefined {
  if (row.kind === 'model') return row.id;
  return row.kind === 'checkpoint' ? row.checkpoint.id : row.parent?.checkpoint.id;
}

/**
 * Opens a page as its row does, in the Markdown preview (`workbench.editorAssociations` in package.json), or as text if
 * the built-in Markdown extension is disabled.
 */
export async function openDetails({ details }: Services, address: DetailsAddress): Promise<void> {
  await commands.executeCommand('vscode.open', await details.open(address));
}
