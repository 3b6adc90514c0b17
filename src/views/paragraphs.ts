import { MarkdownString } from 'vscode';
import { plainText } from '../editor/plainText';

/** A tooltip of paragraphs, absent ones left out. Each is appended as text, never as Markdown. */
export function paragraphs(lines: readonly (string | undefined)[]): MarkdownString {
  const tooltip = new MarkdownString();
  for (const [index, line] of lines.filter((each) => each !== undefined).entries()) {
    if (index > 0) tooltip.appendMarkdown('\n\n');
    tooltip.appendText(plainText(line));
  }
  return tooltip;
}
