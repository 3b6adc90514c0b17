import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Node, parseTree } from 'jsonc-parser';
import { accessFilePath } from '../../../src/access/accessFile/accessFilePath';
import {
  absentContextValues,
  accessPageType,
  type ContextValues,
  commandIds,
  itemKinds,
  settingIds,
  viewIds,
} from '../../../src/ids';
import { changesTab } from '../../../src/words/changesTab';
import { findingsTab } from '../../../src/words/findings';
import { matrixPage } from '../../../src/words/matrix';
import { inTabs } from '../../../src/words/tabs';

interface Rule {
  readonly command: string;
  /** In place of a command. */
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
  readonly args?: unknown;
}

type Connection = ContextValues['checkpointPermissions.connection'];

const connections: readonly Connection[] = ['none', 'keyGone', 'elsewhere', 'problem', 'key', 'sample'];

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

/** Whether a `when` clause of this manifest holds: `a == b`, `a != b`, `!(a =~ /b/)`, `!a`, joined by `&&` before `||`. */
function holds(when: string, context: Readonly<Partial<Record<string, string>>>): boolean {
  const isTrue = (term: string): boolean => {
    if (term === 'false') return false;
    const unset = /^!([\w.]+)$/.exec(term);
    if (unset) return !context[unset[1] ?? ''];
    const matched = /^!\((\S+) =~ \/(.+)\/\)$/.exec(term);
    if (matched) return !new RegExp(matched[2] ?? '').test(context[matched[1] ?? ''] ?? '');
    const compared = /^(\S+) ([!=]=) (\S+)$/.exec(term);
    assert.ok(compared, term);
    return (context[compared[1] ?? ''] === compared[3]) === (compared[2] === '==');
  };
  return when.split(' || ').some((part) => part.split(' && ').every(isTrue));
}

describe('package.json', () => {
  it('has no key twice, of which one would be lost', () => {
    const twice: string[] = [];
    const look = ({ type, children = [] }: Node): void => {
      const keys = type === 'object' ? children.map((each) => String(each.children?.[0]?.value)) : [];
      twice.push(...keys.filter((key, at) => keys.indexOf(key) !== at));
      children.forEach(look);
    };
    const root = parseTree(readFileSync('package.json', 'utf8'));
    assert.ok(root);
    look(root);
    assert.deepEqual(twice, []);
  });

  it('contributes exactly the ids that the code knows', () => {
    assert.deepEqual(sorted(titles.keys()), sorted(Object.values(commandIds)));
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted(Object.values(settingIds)),
    );
    const views = Object.values<{ id: string }[]>(contributes.views).flat();
    assert.deepEqual(sorted(views.map(({ id }) => id)), sorted(Object.values(viewIds)));
  });

  it('uses only commands and submenus that exist, in menus, keys and the welcome', () => {
    const submenus: string[] = contributes.submenus.map(({ id }: { id: string }) => id);
    for (const { command, submenu } of rules)
      assert.ok(submenu === undefined ? titles.has(command) : submenus.includes(submenu), submenu ?? command);
    for (const submenu of submenus) {
      assert.ok((menus[submenu]?.length ?? 0) > 1, submenu);
      const ofTitles = [...(menus['view/title'] ?? []), ...(menus['editor/title'] ?? [])];
      assert.equal(ofTitles.filter((rule) => rule.submenu === submenu).length, 1, submenu);
    }
    for (const { contents } of contributes.viewsWelcome) {
      for (const [, command = ''] of contents.matchAll(/\(command:(checkpointPermissions\.\w+)/g)) {
        assert.ok(titles.has(command), command);
      }
    }
  });

  it('matches only item kinds and context keys that the code sets', () => {
    const conditions = [...rules, ...contributes.viewsWelcome, ...contributes.languageModelTools]
      .map(({ when }) => when ?? '')
      .join('\n');
    for (const [, values = ''] of conditions.matchAll(/connection =~ \/\^\(([\w|]+)\)\$\//g))
      for (const value of values.split('|')) assert.ok(connections.includes(value as Connection), value);
    for (const [, kind = ''] of conditions.matchAll(/viewItem =~ \/\^(\w+)/g)) {
      assert.ok(Object.hasOwn(itemKinds, kind), kind);
    }
    const keys = new Set(
      [...conditions.matchAll(/checkpointPermissions\.(\w+) [!=][=~]/g)].map(([, key]) => key),
    );
    assert.deepEqual(sorted(keys as Set<string>), [
      'connection',
      'filter',
      'grouping',
      'organization',
      'profile',
      'projectsFilter',
      'savedElsewhere',
    ]);
    for (const [key, value] of Object.entries(absentContextValues)) {
      assert.ok(!new RegExp(`${key} [!=]= ${value}\\b`).test(conditions), `${key} is not set for ${value}`);
      assert.ok(!conditions.includes(`${key} =~`), key);
    }
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

  it('shows at most three icons in the title of a view, Collapse All included', () => {
    for (const view of Object.values(viewIds)) {
      const icons = (menus['view/title'] ?? []).filter(
        ({ when, group }) => when?.startsWith(`view == ${view}`) && group?.startsWith('navigation'),
      );
      // Those of one place are alternatives: no two of them apply at once.
      const places = new Set(icons.map(({ group }) => group));
      const inProblem = icons.filter(({ when }) => when?.includes('connection == problem'));
      assert.ok(places.size - inProblem.length + 1 <= 3, view);
    }
  });

  it('offers few entries of the menu of the title directly, and the others in submenus', () => {
    const flat = (menus['view/title'] ?? []).filter(
      ({ when, group, submenu }) =>
        when?.startsWith(`view == ${viewIds.checkpoints}`) && !group?.startsWith('navigation') && !submenu,
    );
    assert.ok(flat.length <= 5, flat.map(({ command }) => command).join());
    assert.deepEqual(
      contributes.submenus.map(({ label }: { label: string }) => label),
      ['View', 'Changes', 'Audit', 'Organizations and Keys', 'Access File'],
    );
  });

  describe('offers in the palette', () => {
    /** Offered always, and why. */
    const always: Readonly<Partial<Record<keyof typeof commandIds, string>>> = {
      setAdminKey: 'it is how one begins',
      addOrganization: 'it is how one begins',
      switchOrganization: 'samples and saved organizations are there without a key',
      findShutdowns: 'it needs no organization',
      removeSavedKeys: 'keys that no organization uses are told by no context key',
      removeAllData: 'what is stored is told by no context key',
      reportIssue: 'it is for when something else does not work',
      showLog: 'it tells why something else is not there',
    };
    const offered = new Map((menus.commandPalette ?? []).map(({ command, when }) => [command, when]));
    const names = Object.keys(commandIds) as (keyof typeof commandIds)[];
    /** Whether a command is offered; undefined for keys that no code has set: the extension isn't active yet. */
    const isOffered = (name: keyof typeof commandIds, context: Partial<ContextValues>): boolean => {
      const when = offered.get(commandIds[name]);
      return when === undefined || holds(when, context);
    };

    it('each command either always, for a reason, or where it applies', () => {
      assert.deepEqual(
        names.filter((name) => !offered.has(commandIds[name])),
        names.filter((name) => name in always),
      );
    });

    it('what makes sense before there is an organization', () => {
      const offeredNow = (connection: Connection): string[] =>
        names.filter((name) =>
          isOffered(name, {
            'checkpointPermissions.connection': connection,
            'checkpointPermissions.profile': 'default',
            'checkpointPermissions.savedElsewhere': 'none',
            'checkpointPermissions.filter': 'none',
            'checkpointPermissions.grouping': 'flat',
          }),
        );
      const first = sorted([...Object.keys(always), 'exploreSample']);
      assert.deepEqual(sorted(offeredNow('none')), first);
      assert.deepEqual(sorted(offeredNow('keyGone')), first);
      assert.ok(!offeredNow('sample').includes('exploreSample'));
      assert.ok(!offeredNow('sample').includes('addProjectKey'));
      for (const name of ['grant', 'findCheckpoints', 'openAccess', 'addProjectKey'] as const)
        assert.ok(offeredNow('key').includes(name), name);
    });

    // Otherwise a person who works without the sidebar found nothing in the palette until they opened it once.
    it('tools of agents as the commands that need an organization', () => {
      const tools: readonly Rule[] = contributes.languageModelTools;
      for (const { when = '' } of tools) {
        // One comparison: no `&&`, `||`, `!()`, or `=~`, which older editors cannot send to extensions.
        assert.match(when, /^\S+ != \S+$/);
        assert.ok(holds(when, {}));
        for (const connection of connections) {
          const context: Partial<ContextValues> = {
            'checkpointPermissions.connection': connection,
            'checkpointPermissions.organization': /^(key|sample)$/.test(connection) ? 'some' : 'none',
          };
          assert.equal(holds(when, context), isOffered('explainAccess', context), connection);
        }
      }
    });

    it('everything an organization needs while the extension is not active, so that nothing must be activated to know', () => {
      for (const name of ['grant', 'revoke', 'filter', 'reviewAccess', 'openAccess', 'refresh'] as const)
        assert.ok(isOffered(name, {}), name);
    });
  });

  it('offers for a model what it offers for its checkpoints', () => {
    const items = menus['view/item/context'] ?? [];
    const of = (kind: string): string[] =>
      items
        .filter(
          ({ when }) => when?.startsWith(`view == ${viewIds.checkpoints} `) && when.includes(`^${kind}\\b`),
        )
        .map(({ command, group, when }) => [command, group, when?.includes('listMultiSelection')].join());
    // The history is filtered by one checkpoint.
    const history = of('checkpoint').filter((each) => each.startsWith(commandIds.showHistoryOf));
    assert.equal(history.length, 1);
    assert.deepEqual(sorted(of('model')), sorted(of('checkpoint').filter((each) => !history.includes(each))));
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

  it('has keys of macOS in place of those that are not there, or mean something else', () => {
    for (const { key, mac } of contributes.keybindings) {
      if (key === 'delete') assert.equal(mac, 'cmd+backspace');
      else if (/\bctrl\b/.test(key)) assert.equal(mac, key.replace('ctrl', 'cmd'));
      else assert.equal(mac, undefined);
    }
  });

  it('runs on the computer of the person where it can, and nowhere without Node.js', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.browser, undefined);
  });

  it('says to the Marketplace what it is about', () => {
    assert.ok(manifest.categories.includes('AI'));
    for (const keyword of ['share', 'fine-tune', 'ft:', 'openai'])
      assert.ok(manifest.keywords.includes(keyword));
    assert.ok(manifest.keywords.length <= 30);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    // One value, of which packing makes all addresses.
    assert.equal(typeof manifest.repository, 'string');
    assert.ok(!('bugs' in manifest) && !('homepage' in manifest));
  });

  it('keeps settings that steer the key out of workspaces and out of sync', () => {
    const baseUrl = contributes.configuration.properties[settingIds.baseUrl];
    assert.equal(baseUrl.scope, 'application');
    assert.equal(baseUrl.ignoreSync, true);
    // A workspace that turns off what its own files show does no harm.
    const ofFiles: readonly string[] = [settingIds.hover, settingIds.shutdownProblems];
    for (const id of Object.values(settingIds).filter((each) => !ofFiles.includes(each))) {
      assert.equal(contributes.configuration.properties[id].scope, 'application', id);
    }
  });

  it('is activated by what VS Code derives, by an Access page that it restores, by an access file, and nothing else', () =>
    assert.deepEqual(manifest.activationEvents, [
      `onWebviewPanel:${accessPageType}`,
      `workspaceContains:${accessFilePath}`,
    ]));

  it('offers the commands of an access file in the title of its editor alone', () => {
    const { when = '' } = menus['editor/title']?.find(({ submenu }) => submenu !== undefined) ?? {};
    const pattern = new RegExp(/^resourcePath =~ \/(.+)\/$/.exec(when)?.[1] ?? '');
    for (const path of [`/repo/${accessFilePath}`, 'C:\\repo\\.openai\\checkpoint-access.jsonc'])
      assert.match(path, pattern);
    for (const path of [`/repo/${accessFilePath}.md`, '/repo/checkpoint-access.jsonc'])
      assert.doesNotMatch(path, pattern);
  });

  it('refers to files that exist', () => {
    const [container] = contributes.viewsContainers.activitybar;
    for (const file of [manifest.icon, container.icon]) assert.ok(existsSync(file), file);
  });

  describe('has a walkthrough', () => {
    const [walkthrough] = contributes.walkthroughs;
    interface Step {
      readonly id: string;
      readonly description: string;
      readonly media: { readonly svg?: string; readonly markdown?: string; readonly altText?: string };
      readonly completionEvents: readonly string[];
    }
    const steps: readonly Step[] = walkthrough.steps;

    it('that the welcome opens', () => {
      const id = `${manifest.publisher}.${manifest.name}#${walkthrough.id}`;
      const link = `command:workbench.action.openWalkthrough?${encodeURIComponent(JSON.stringify(id))}`;
      const first = contributes.viewsWelcome.filter(({ contents }: { contents: string }) =>
        contents.includes(commandIds.exploreSample),
      );
      assert.ok(first.length > 0);
      for (const { contents } of first) assert.ok(contents.includes(link), contents);
    });

    it('from the sample to a grant, whose steps end by what a person does', () => {
      assert.deepEqual(
        steps.map(({ id }) => id),
        ['sample', 'key', 'find', 'access', 'grant'],
      );
      for (const { id, description, completionEvents } of steps) {
        const links = [...description.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\)/g)];
        assert.ok(links.length > 0, id);
        for (const [, label, command = ''] of links) assert.equal(label, titles.get(command), id);
        for (const event of completionEvents) {
          const [, command] = /^onCommand:(.+)$/.exec(event) ?? [];
          const [, connection] = /^onContext:checkpointPermissions\.connection == (\w+)$/.exec(event) ?? [];
          if (command) assert.ok(titles.has(command), event);
          else assert.ok(connections.includes(connection as Connection), event);
        }
      }
    });

    it('with pictures that are small and follow the theme', () => {
      const pictures = steps.flatMap(({ media }) => media.svg ?? []);
      const others = steps.flatMap(({ media }) => media.markdown ?? []);
      assert.deepEqual(
        sorted([...pictures, ...others]),
        sorted(readdirSync('media/walkthrough').map((file) => `media/walkthrough/${file}`)),
      );
      for (const { media } of steps) assert.ok(media.markdown ?? media.altText);
      for (const file of pictures) {
        const text = readFileSync(file, 'utf8');
        assert.ok(text.length < 10_000, file);
        const colors = [...text.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color);
        for (const color of colors) assert.match(color ?? '', /^(?:none|var\(--vscode-[\w-]+\))$/, file);
        // The editor's own policy leaves both out.
        assert.doesNotMatch(text, /style|<script|href/, file);
      }
    });

    it('that says which scope each feature of an admin key needs, as the README does', () => {
      const rows = (file: string, pattern: RegExp) =>
        [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, feature, scope]) => [feature, scope]);
      const said = rows('media/walkthrough/scopes.md', /^\| ([^|]+) \| (`api[^|]+) \|$/gm);
      assert.equal(said.length, 5);
      assert.deepEqual(said, rows('README.md', /^\| ([^|]+) \| admin \| (`api[^|]+) \|$/gm));
    });

    it('with the address where admin keys are made, as the README has it', () => {
      const [, address = ''] =
        /\((https:\/\/[^)]+)\)/.exec(steps.find(({ id }) => id === 'key')?.description ?? '') ?? [];
      assert.match(address, /admin-keys$/);
      assert.ok(readFileSync('README.md', 'utf8').includes(`(${address})`));
    });
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
    const others = [
      'Extensions: Install from VSIX…',
      matrixPage.preview,
      changesTab.undo,
      inTabs.exportShown,
      findingsTab.accept,
      findingsTab.export,
    ];
    const known = new Set([...titles.values(), ...others]);
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
