import { metadata, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';

/** The name of the status bar item, by which a person hides it. */
export const statusName = 'Checkpoint Permissions: Organization';

/** The texts of the status bar item. */
export interface StatusInWords {
  /** The name of the organization, and how many changes are staged. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly spoken: string;
}

/** Which organization is in use, and how many changes are staged in it. The name is escaped: `$(name)` is an icon there. */
export function statusInWords(organization: string, staged: number): StatusInWords {
  const name = escapeForMessage(organization, 40);
  const fullName = escapeForMessage(organization, 200);
  const changes = plural(staged, '1 change is staged.', (count) => `${count} changes are staged.`);
  const tooltip = sentences(
    `Checkpoint Permissions shows the organization “${fullName}”.`,
    staged > 0 ? `${changes} Nothing is sent until you apply ${plural(staged, 'it', () => 'them')}.` : '',
    'Select to switch organizations.',
  );
  return {
    text: metadata(name, staged > 0 ? plural(staged, '1 staged', (count) => `${count} staged`) : ''),
    tooltip,
    spoken: tooltip,
  };
}
