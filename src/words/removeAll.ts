import { plural } from '../text/numbers';
import { stillApplying } from './organizations';

// Removing everything that the extension keeps on this computer.

/** What the extension keeps on this computer. */
export interface KeptData {
  readonly adminKeys: number;
  readonly projectKeys: number;
  /** Organizations of this VS Code profile. */
  readonly organizations: number;
  /** Checkpoints in their lists. */
  readonly checkpoints: number;
  /** Recorded changes; undefined when their records can't be read. */
  readonly changes: number | undefined;
}

export const removeAllQuestion = 'Remove all API keys and data of Checkpoint Permissions from this computer?';

/** What is removed, and what isn't. */
export function removedWithAll(kept: KeptData): string {
  const lines = [
    ...keyLines(kept),
    plural(kept.organizations, '1 organization', (count) => `${count} organizations`),
    kept.checkpoints === 0
      ? 'Checkpoint lists (empty)'
      : plural(
          kept.checkpoints,
          'Checkpoint lists (1 checkpoint)',
          (count) => `Checkpoint lists (${count} checkpoints)`,
        ),
    historyLine(kept.changes),
    'Owners of models, accepted findings, and everything else that was loaded and kept',
    'Filters, order, and staged changes of this window',
  ];
  return [
    "No one's access changes, and nothing is sent.",
    ['This is deleted from this computer:', ...lines.map((line) => `• ${line}`)].join('\n'),
    kept.changes === 0 ? '' : 'To keep the history as a file, use Export Access… first.',
    kept.adminKeys + kept.projectKeys === 0
      ? ''
      : 'Keys are deleted for all VS Code profiles on this computer. They stay valid until you delete them in your OpenAI organization settings.',
    'Your settings, exported files, and the log stay. So do filters and staged changes of other folders, and the lists and history of other VS Code profiles.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function keyLines({ adminKeys, projectKeys }: KeptData): string[] {
  return [
    ...(adminKeys === 0 ? [] : [plural(adminKeys, '1 admin API key', (keys) => `${keys} admin API keys`)]),
    ...(projectKeys === 0
      ? []
      : [plural(projectKeys, '1 project API key', (keys) => `${keys} project API keys`)]),
  ];
}

function historyLine(changes: number | undefined): string {
  if (changes === undefined) return "Change history, which can't be loaded now";
  return changes === 0
    ? 'Change history (empty)'
    : plural(
        changes,
        "Change history (1 change, which can't be undone here afterward)",
        (many) => `Change history (${many} changes, which can't be undone here afterward)`,
      );
}

/** The outcome. `applying`: changes that another window is or may be applying. */
export function allRemoved(applying: number): string {
  const removed = 'All API keys and data were removed from this computer.';
  return applying === 0 ? removed : `${removed} ${stillApplying(applying)}`;
}
