import { MarkdownString } from 'vscode';
import { plainText } from '../editor/plainText';

/** What makes a link of a bare address, whatever was escaped before it; a zero-width space behind it keeps it text. */
const address = /:\/\/|\bwww\.|@/gi;

/** A tooltip of paragraphs, absent ones left out. Each is appended as text, never as Markdown. */
export function paragraphs(lines: readonly (string | undefined)[]): MarkdownString {
  const tooltip = new MarkdownString();
  for (const [index, line] of lines.filter((each) => each !== undefined).entries()) {
    if (index > 0) tooltip.appendMarkdown('\n\n');
    tooltip.appendText(plainText(line).replace(address, '$&\u200b'));
  }
  return tooltip;
}
