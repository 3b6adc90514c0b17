import { type QuickInputButton, type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { Permission } from '../access/api';
import { explain, inWords } from '../access/explain';
import type { Organization } from '../access/organization';
import { inertText } from '../editor/plainText';
import { ago } from '../editor/time';
import { nameOf } from './names';
import { titled } from './organizationInView';

interface PermissionItem extends QuickPickItem {
  readonly permission: Permission;
}

/**
 * Asks which permissions of a checkpoint are meant. The first page is read when it is not known yet; further pages only
 * by the button, and the picker says that there are more. Undefined when cancelled; rejects when reading fails.
 */
export async function pickPermissions(
  organization: Organization,
  checkpoint: string,
  title: string,
): Promise<Permission[] | undefined> {
  const picker = window.createQuickPick<PermissionItem>();
  const loadMore: QuickInputButton = {
    iconPath: new ThemeIcon('fold-down'),
    tooltip: 'Load More Permissions',
  };
  picker.title = titled(organization, `${title} · ${nameOf(checkpoint)}`);
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.placeholder = 'Reading the permissions…';
  picker.busy = true;

  const store = organization.permissions;
  const draw = (): void => {
    const { listing } = store.snapshot(checkpoint);
    if (!listing) return;
    const chosen = new Set(picker.selectedItems.map(({ permission }) => permission.id));
    picker.items = listing.permissions.map(itemOf);
    picker.selectedItems = picker.items.filter(({ permission }) => chosen.has(permission.id));
    const more = listing.ending.kind === 'more';
    picker.buttons = more ? [loadMore] : [];
    const shown = listing.permissions.length;
    const whole = listing.ending.kind === 'complete';
    picker.placeholder =
      shown === 0
        ? 'No permissions: only the owning project can use this checkpoint'
        : `Choose permissions · ${whole ? `all ${shown}` : `the newest ${shown}, there are more`}`;
  };

  return new Promise<Permission[] | undefined>((resolve, reject) => {
    let shown = true;
    const load = async (read: () => Promise<unknown>): Promise<void> => {
      picker.busy = true;
      try {
        await read();
        if (shown) draw();
      } catch (error) {
        if (!shown) return;
        if (!store.snapshot(checkpoint).listing) {
          reject(error);
          picker.hide();
        } else {
          picker.placeholder = inertText(`More could not be read: ${inWords(explain(error))}`, 200);
        }
      } finally {
        if (shown) picker.busy = false;
      }
    };
    picker.onDidTriggerButton(() => void load(() => store.readMore(checkpoint)));
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.map(({ permission }) => permission);
      resolve(chosen.length > 0 ? chosen : undefined);
      picker.hide();
    });
    picker.onDidHide(() => {
      shown = false;
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
    void load(() => store.read(checkpoint));
  });
}

function itemOf(permission: Permission): PermissionItem {
  return {
    permission,
    label: inertText(permission.project_id, 100),
    description: `granted ${ago(permission.created_at * 1000, Date.now())} · ${inertText(permission.id, 100)}`,
  };
}
