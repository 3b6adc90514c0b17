import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { accessPageType, commandIds, itemKinds, settingIds, viewIds } from '../../../src/ids';
import { changesTab } from '../../../src/words/changesTab';
import { matrixPage } from '../../../src/words/matrix';

interface Rule {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
  readonly args?: unknown;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const menus: Readonly<Record<string, readonly Rule[]>> = contributes.menus;
const titles = new Map<string, string>(
  contributes.commands.map(({ command, title }: Record<string, string>) => [command, title]),
);
const rules = [...Object.values(menus).flat(), ...(contributes.keybindings as Rule[])];

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

describe('package.json', () => {
  it('contributes exactly the ids that the code knows', () => {
    assert.deepEqual(sorted(titles.keys()), sorted(Object.values(commandIds)));
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted(Object.values(settingIds)),
    );
    const views = Object.values<{ id: string }[]>(contributes.views).flat();
    assert.deepEqual(sorted(views.map(({ id }) => id)), sorted(Object.values(viewIds)));
  });

  it('uses only commands that exist, in menus, keys and the welcome', () => {
    for (const { command } of rules) assert.ok(titles.has(command), command);
    for (const { contents } of contributes.viewsWelcome) {
      for (const [, command = ''] of contents.matchAll(/\(command:(checkpointPermissions\.\w+)/g)) {
        assert.ok(titles.has(command), command);
      }
    }
  });

  it('matches only item kinds and context keys that the code sets', () => {
    const conditions = [...rules, ...contributes.viewsWelcome].map(({ when }) => when ?? '').join('\n');
    for (const [, kind = ''] of conditions.matchAll(/viewItem =~ \/\^(\w+)/g)) {
      assert.ok(Object.hasOwn(itemKinds, kind), kind);
    }
    const keys = new Set(
      [...conditions.matchAll(/checkpointPermissions\.(\w+) [!=]=/g)].map(([, key]) => key),
    );
    assert.deepEqual(sorted(keys as Set<string>), [
      'connection',
      'filter',
      'grouping',
      'historyFilter',
      'profile',
      'savedElsewhere',
    ]);
  });

  it('names every command in one category, in title case, with an ellipsis where input follows', () => {
    for (const { category, title, command } of contributes.commands) {
      assert.equal(category, 'Checkpoint Permissions');
      assert.match(title, /^[A-Z]/, command);
    }
    const asking = ['setAdminKey', 'addOrganization', 'switchOrganization', 'renameOrganization'] as const;
    const more = ['addSavedOrganizations', 'removeSavedKeys'] as const;
    for (const name of [
      ...asking,
      ...more,
      'removeOrganization',
      'addCheckpoint',
      'grant',
      'revoke',
    ] as const) {
      assert.match(titles.get(commandIds[name]) ?? '', /…$/);
    }
  });

  it('shows at most two inline buttons an item, and revoke last in its menu', () => {
    const items = menus['view/item/context'] ?? [];
    for (const view of Object.values(viewIds)) {
      for (const kind of Object.keys(itemKinds)) {
        const inline = items.filter(
          ({ when, group }) =>
            when?.startsWith(`view == ${view} `) &&
            when.includes(`^${kind}\\b`) &&
            group?.startsWith('inline'),
        );
        assert.ok(inline.length <= 2, kind);
      }
    }
    for (const view of [viewIds.checkpoints, viewIds.projects]) {
      const ofPermission = items.filter(
        ({ when, group }) =>
          when?.startsWith(`view == ${view} `) &&
          when.includes('^permission') &&
          !group?.startsWith('inline'),
      );
      const last = ofPermission
        .sort((one, other) => (one.group ?? '').localeCompare(other.group ?? ''))
        .at(-1);
      assert.equal(last?.command, commandIds.revoke, view);
    }
  });

  it('lets keys act on the focused row of the view alone', () => {
    const ofPage = `activeWebviewPanelId == ${accessPageType}`;
    for (const { when, args } of contributes.keybindings.filter(
      ({ when }: { when?: string }) => when !== ofPage,
    )) {
      const views = Object.keys(viewIds) as (keyof typeof viewIds)[];
      const view = views.find((each) => when?.includes(`focusedView == ${viewIds[each]} `));
      assert.ok(view, when);
      // VS Code replaces this argument by the row that has the keyboard focus, which arrow keys move without the selection.
      assert.deepEqual(args, { $treeViewId: viewIds[view], $focusedTreeItem: true });
    }
  });

  it('keeps settings that steer the key out of workspaces and out of sync', () => {
    const baseUrl = contributes.configuration.properties[settingIds.baseUrl];
    assert.equal(baseUrl.scope, 'application');
    assert.equal(baseUrl.ignoreSync, true);
    // A workspace that turns off the hover does no harm.
    for (const id of Object.values(settingIds).filter((each) => each !== settingIds.hover)) {
      assert.equal(contributes.configuration.properties[id].scope, 'application', id);
    }
  });

  it('is activated by what VS Code derives, by an Access page that it restores, and nothing else', () =>
    assert.deepEqual(manifest.activationEvents, [`onWebviewPanel:${accessPageType}`]));

  it('refers to files that exist', () => {
    const [container] = contributes.viewsContainers.activitybar;
    for (const file of [manifest.icon, container.icon]) assert.ok(existsSync(file), file);
  });

  describe('has a README', () => {
    const text = readFileSync('README.md', 'utf8');

    it('with the pictures that the UI tests take', () => {
      const pictures = [...text.matchAll(/\]\((media\/[\w-]+\.png)\)/g)].map(([, file = '']) => file);
      const taken = readdirSync('media').filter((file) => file.endsWith('.png') && file !== 'icon.png');
      assert.equal(pictures[0], 'media/matrix.png');
      assert.deepEqual(sorted(pictures), sorted(taken.map((file) => `media/${file}`)));
    });

    it('with every command of the palette and every setting', () => {
      const hidden = (menus.commandPalette ?? []).filter(({ when }) => when === 'false');
      const missing = [...titles]
        .filter(([command]) => !hidden.some((rule) => rule.command === command))
        .filter(([, title]) => !new RegExp(`^\\|.*${title}`, 'm').test(text));
      assert.deepEqual(missing, []);
      for (const id of Object.values(settingIds)) assert.ok(text.includes(`| \`${id}\` |`), id);
    });

    it('with the two commands that do all the set-up', () => {
      const commands = [...text.matchAll(/```sh\n(.*)\n```/g)].map(([, command]) => command);
      assert.deepEqual(commands, ['npm ci && npm run demo', 'npm ci && npm test']);
    });
  });

  it('quotes its commands by their titles', () => {
    const quoted = [
      ...readFileSync('README.md', 'utf8').matchAll(/\*\*([A-Z][^*]*…)\*\*/g),
      ...JSON.stringify(contributes.configuration).matchAll(/\*([A-Z][^*]*…)\*/g),
      ...JSON.stringify(contributes.viewsWelcome).matchAll(/\[([A-Z][^\][]*…)\]/g),
    ].map(([, title = '']) => title);
    const known = new Set([
      ...titles.values(),
      'Extensions: Install from VSIX…',
      matrixPage.preview,
      changesTab.undo,
    ]);
    assert.ok(quoted.length > 10);
    assert.deepEqual(
      quoted.filter((title) => !known.has(title)),
      [],
    );
  });

  it('offers a refresh of the project names beside the other refresh', () => {
    const groupOf = (command: string): string | undefined =>
      menus['view/title']?.find((rule) => rule.command === command && !rule.group?.startsWith('navigation'))
        ?.group;
    assert.equal(
      groupOf(commandIds.refreshProjects)?.split('@')[0],
      groupOf(commandIds.refresh)?.split('@')[0],
    );
  });
});
