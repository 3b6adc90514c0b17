import { type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Permission } from '../../access/api';
import { explain } from '../../access/explain';
import type { Listing } from '../../access/loading/listing';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { newPicker } from '../../editor/questions';
import { ago } from '../../editor/time';
import { projectInWords } from '../../views/shared/projectInWords';
import { nameOf } from './displayNames';
import { titled } from './organizationInView';

interface PermissionItem extends QuickPickItem {
  readonly permission: Permission;
}

/** From this age on, in milliseconds, a list is read again before someone chooses from it. */
const maxAge = 10 * 60_000;

/**
 * Asks which permissions of a checkpoint are meant. The first page is read when it is not known yet; further pages only
 * by the button, and the picker says that there are more. Undefined when cancelled; rejects when reading fails.
 */
export async function pickPermissions(
  organization: Organization,
  checkpoint: string,
  title: string,
): Promise<Permission[] | undefined> {
  const picker = newPicker<PermissionItem>();
  const loadMore: QuickInputButton = {
    iconPath: new ThemeIcon('fold-down'),
    tooltip: 'Load More Permissions',
  };
  const refresh: QuickInputButton = { iconPath: new ThemeIcon('refresh'), tooltip: 'Refresh' };
  picker.title = titled(organization, `${title} · ${nameOf(checkpoint)}`);
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.placeholder = 'Reading the permissions…';
  picker.busy = true;

  const store = organization.permissions;
  const draw = (): void => {
    const { listing, failure } = store.snapshot(checkpoint);
    if (!listing) return;
    const chosen = new Set(picker.selectedItems.map(({ permission }) => permission.id));
    const [active] = picker.activeItems;
    picker.items = listing.permissions.map((permission) => itemOf(organization, permission));
    picker.selectedItems = picker.items.filter(({ permission }) => chosen.has(permission.id));
    // What is drawn again must not take the keyboard back to the first.
    const again = picker.items.find(({ permission }) => permission.id === active?.permission.id);
    if (again) picker.activeItems = [again];
    picker.buttons = listing.ending.kind === 'more' ? [loadMore, refresh] : [refresh];
    const failed = failure ? ` · ${explain(failure.error).what}` : '';
    const unnamed = organization.projects.snapshot.failure ? ' · names of projects could not be read' : '';
    picker.placeholder = escapeForMessage(
      `${extent(listing)}, read ${ago(listing.readAt, store.now())}${failed}${unnamed}`,
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
        // Without anything to choose from there is no picker; else it says what failed beside what was read before.
        if (shown && !store.snapshot(checkpoint).listing) {
          reject(error);
          picker.hide();
        }
      }
      if (!shown) return;
      draw();
      picker.busy = false;
    };
    picker.onDidTriggerButton((button) =>
      load(() => (button === loadMore ? store.readMore(checkpoint) : store.readAgain(checkpoint))),
    );
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.map(({ permission }) => permission);
      if (chosen.length === 0) {
        picker.placeholder = 'Tick permissions with Space first, then press Enter';
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
    // Whoever is about to choose should see what is so now, where that is not known from a moment ago.
    void load(async () => {
      const { permissions } = await store.readCurrent(checkpoint, maxAge);
      draw();
      // They can be chosen by their ids meanwhile.
      if (permissions.length > 0) await organization.projects.read();
    });
  });
}

function extent({ permissions, ending }: Listing): string {
  const count = permissions.length;
  if (ending.kind === 'more') return `Choose permissions · the newest ${count}, there are more`;
  if (ending.kind === 'incomplete') return `Choose permissions · ${count}, and the list is incomplete`;
  return count === 0 ? 'No permissions' : `Choose permissions · all ${count}`;
}

function itemOf(organization: Organization, permission: Permission): PermissionItem {
  const project = projectInWords(organization, permission.project_id);
  const granted = `granted ${ago(permission.created_at * 1000, Date.now())}`;
  const parts = [project.note, project.id, granted, permission.id].filter(Boolean);
  return {
    permission,
    label: escapeForMessage(project.label, 100),
    description: escapeForMessage(parts.join(' · '), 400),
  };
}
