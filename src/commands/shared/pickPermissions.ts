import { type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Permission } from '../../access/api';
import type { Organization } from '../../access/organization';
import { choiceAge } from '../../access/thresholds';
import { newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { projectInWords } from '../../views/shared/projectInWords';
import { permissionPicker, selectPermissions } from '../../words/changes';
import { checkpointLabel } from '../../words/names';
import { grantedAgo } from '../../words/rows';
import { prefixWithOrganization } from './organizationInView';

interface PermissionItem extends QuickPickItem {
  readonly permission: Permission;
}

/**
 * Asks for permissions of a checkpoint. The first page is loaded if it isn't current, further pages by the button only;
 * the picker says when there are more. Undefined when canceled. Rejects when the first page can't be loaded.
 */
export async function pickPermissions(
  organization: Organization,
  checkpoint: string,
  title: string,
): Promise<Permission[] | undefined> {
  const picker = newPicker<PermissionItem>();
  const loadMore: QuickInputButton = {
    iconPath: new ThemeIcon('fold-down'),
    tooltip: permissionPicker.loadMore,
  };
  const refresh: QuickInputButton = { iconPath: new ThemeIcon('refresh'), tooltip: permissionPicker.refresh };
  picker.title = prefixWithOrganization(
    organization,
    `${title} · ${checkpointLabel(checkpoint, organization)}`,
  );
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.placeholder = permissionPicker.loading;
  picker.busy = true;

  const store = organization.permissions;
  const showItems = (): void => {
    const { listing } = store.snapshot(checkpoint);
    if (!listing) return;
    const chosen = new Set(picker.selectedItems.map(({ permission }) => permission.id));
    const [active] = picker.activeItems;
    picker.items = listing.permissions.map((permission) => itemOf(organization, permission));
    picker.selectedItems = picker.items.filter(({ permission }) => chosen.has(permission.id));
    // New items must not move the keyboard focus back to the first.
    const activeItem = picker.items.find(({ permission }) => permission.id === active?.permission.id);
    if (activeItem) picker.activeItems = [activeItem];
    picker.buttons = listing.ending.kind === 'more' ? [loadMore, refresh] : [refresh];
    const { projectsStanding } = organization;
    picker.placeholder = escapeForMessage(
      selectPermissions(organization.standingOf(checkpoint), projectsStanding, organization.now()),
      250,
    );
  };

  return new Promise<Permission[] | undefined>((resolve, reject) => {
    let shown = true;
    const load = async (read: () => Promise<unknown>): Promise<void> => {
      picker.busy = true;
      try {
        await read();
      } catch (error) {
        // With an empty picker the command fails. Otherwise the picker shows the failure beside the older list.
        if (shown && !store.snapshot(checkpoint).listing) {
          reject(error);
          picker.hide();
        }
      }
      if (!shown) return;
      showItems();
      picker.busy = false;
    };
    picker.onDidTriggerButton((button) =>
      load(() => (button === loadMore ? store.readMore(checkpoint) : store.refresh(checkpoint))),
    );
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.map(({ permission }) => permission);
      if (chosen.length === 0) {
        picker.placeholder = permissionPicker.noneSelected;
        return;
      }
      resolve(chosen);
      picker.hide();
    });
    picker.onDidHide(() => {
      shown = false;
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
    // A revoke is chosen from a current list.
    void load(async () => {
      const { permissions } = await store.readCurrent(checkpoint, choiceAge);
      showItems();
      // Rows show the IDs of projects until their names are loaded.
      if (permissions.length > 0) await organization.projects.read();
    });
  });
}

function itemOf(organization: Organization, permission: Permission): PermissionItem {
  const project = projectInWords(organization, permission.project_id);
  const granted = grantedAgo(permission.created_at * 1000, Date.now());
  const parts = [project.note, granted, project.id, permission.id].filter(Boolean);
  return {
    permission,
    label: escapeForMessage(project.label, 100),
    description: escapeForMessage(parts.join(' · '), 400),
  };
}
