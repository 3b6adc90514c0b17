import { getLocation, type Location } from 'jsonc-parser';
import {
  CompletionItem,
  CompletionItemKind,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import {
  whyNotCheckpointInFile,
  whyNotOrganization,
  whyNotProjectInFile,
} from '../../access/accessFile/fileIds';
import { jsonString } from '../../access/accessFile/jsonText';
import type { Organization } from '../../access/organization';
import { accessFileTexts } from '../../words/accessFileEditor';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import { rangeIn } from './places';

/** The longest text in which suggestions are made, in UTF-16 units: the parser can't pause. */
const longestText = 1_000_000;

type SuggestedKind = 'checkpointKey' | 'checkpoint' | 'project' | 'organization';

/** What can be written at a place of a file. The schema completes the rest. */
function kindAt({ path, isAtPropertyKey }: Location): SuggestedKind | undefined {
  const [first, , third, , fifth] = path;
  if (isAtPropertyKey) return first === 'checkpoints' && path.length === 2 ? 'checkpointKey' : undefined;
  if (first === 'organization' && path.length === 1) return 'organization';
  if (first === 'checkpoints' && third === 'grants' && fifth === 'project' && path.length === 5)
    return 'project';
  if (first !== 'accepted' || path.length !== 3) return undefined;
  return third === 'project' || third === 'checkpoint' ? third : undefined;
}

/** A place of a file at which something can be suggested, in the text as it was when that was asked. */
export interface SuggestedPlace {
  readonly kind: SuggestedKind;
  /** What a suggestion replaces. */
  readonly range: Range;
  /** Whether the key at this place has a value already. */
  readonly hasValue: boolean;
}

/**
 * The place at a position; undefined when nothing is known for it. Reads the text before it returns, because what is
 * typed meanwhile moves the places in the text.
 */
export function suggestedPlaceAt(document: TextDocument, position: Position): SuggestedPlace | undefined {
  const text = document.getText();
  if (text.length > longestText) return undefined;
  const offset = document.offsetAt(position);
  const location = getLocation(text, offset);
  const kind = kindAt(location);
  if (!kind) return undefined;
  const { previousNode: node } = location;
  const isInside = node && node.type !== 'object' && offset <= node.offset + node.length;
  const written = isInside ? text.slice(node.offset, node.offset + node.length) : '';
  // A string without its end goes to the end of the line, over what is not part of it.
  const isOpen = written.startsWith('"') && (written === '"' || !written.endsWith('"'));
  const whole = isInside ? rangeIn(document, node) : new Range(position, position);
  const range = isOpen ? whole.with({ end: position }) : whole;
  const after = text.slice(document.offsetAt(range.end), document.offsetAt(range.end) + 200);
  return { kind, range, hasValue: /^\s*:/.test(after) };
}

/** Suggests checkpoints and projects by name, of those that are known and can stand in a file. Sends no request. */
export function completionsAt(
  { kind, range, hasValue }: SuggestedPlace,
  organization: Organization,
): CompletionItem[] {
  switch (kind) {
    case 'organization': {
      const live = organization.identity?.organization;
      return live === undefined || whyNotOrganization(live)
        ? []
        : [item(live, accessFileTexts.inUse, live, range, jsonString(live))];
    }
    case 'project':
      return [...organization.projects.snapshot.projects.keys()]
        .filter((id) => !whyNotProjectInFile(id))
        .map((id) => item(plainProjectName(organization, id), id, id, range, jsonString(id)));
    case 'checkpoint':
    case 'checkpointKey':
      return organization.catalog.ids
        .filter((id) => !whyNotCheckpointInFile(id))
        .map((id) => {
          const name = plainCheckpointLabel(id, organization);
          const isKey = kind === 'checkpointKey' && !hasValue;
          return item(name, id, id, range, isKey ? newCheckpoint(id) : jsonString(id));
        });
  }
}

/** The key of a checkpoint with a value to fill in. */
function newCheckpoint(id: string): SnippetString {
  return new SnippetString()
    .appendText(`${jsonString(id)}: {\n`)
    .appendText('\t"ownership": "')
    .appendChoice(['additive', 'exact'])
    .appendText('",\n\t"grants": [')
    .appendTabstop(0)
    .appendText(']\n}');
}

function item(
  label: string,
  description: string,
  id: string,
  range: Range,
  insert: string | SnippetString,
): CompletionItem {
  const made = new CompletionItem({ label, description }, CompletionItemKind.Value);
  made.range = range;
  made.insertText = insert;
  // What is typed begins with a quotation mark.
  made.filterText = `"${label} ${id}"`;
  made.sortText = label;
  return made;
}
