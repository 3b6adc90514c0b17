import { CancellationError, type CancellationToken, type LanguageModelToolTokenizationOptions } from 'vscode';
import { plainText, visible } from '../../text/plainText';
import { dataNote, toolNotes } from '../../words/agents';

/** What a tool answers: facts, and entries of which some can be left out. Plain data, of which no text is safe yet. */
export interface ToolAnswer {
  readonly facts: Readonly<Record<string, unknown>>;
  /** Each is an entry of the list `name`, most important first. `total`: how many there are, also of those not here. */
  readonly entries?: { readonly name: string; readonly list: readonly unknown[]; readonly total: number };
}

/** The longest text of one value, in UTF-16 code units. */
const longestValue = 1500;

/** The longest answer without another budget, in UTF-16 code units: about 8,000 tokens. */
const longestAnswer = 24_000;

/** How often an answer is shortened to fit, before its entries are left out altogether. */
const mostTries = 4;

/**
 * The answer as a text for a language model: a note and one block of JSON. Nothing in the block ends it, is invisible,
 * or has a key in use. Entries are left out, and that is said, as the budget wants it.
 */
export async function answerText(
  answer: ToolAnswer,
  budget: LanguageModelToolTokenizationOptions | undefined,
  token: CancellationToken,
): Promise<string> {
  let kept = answer.entries?.list.length ?? 0;
  let text = block(answer, kept);
  while (text.length > longestAnswer && kept > 0) {
    kept = Math.floor(kept * Math.min(0.9, longestAnswer / text.length));
    text = block(answer, kept);
  }
  if (!budget || !Number.isFinite(budget.tokenBudget)) return text;
  for (let tries = 0; ; tries += 1) {
    // No text has more tokens than bytes.
    if (Buffer.byteLength(text) <= budget.tokenBudget) return text;
    const tokens = await budget.countTokens(text, token);
    if (token.isCancellationRequested) throw new CancellationError();
    if (tokens <= budget.tokenBudget) return text;
    if (kept === 0) return toolNotes.tooShort;
    kept = tries < mostTries ? Math.floor(kept * Math.min(0.9, (0.9 * budget.tokenBudget) / tokens)) : 0;
    text = block(answer, kept);
  }
}

function block({ facts, entries }: ToolAnswer, kept: number): string {
  const omitted = entries ? entries.total - kept : 0;
  const data = {
    ...facts,
    ...(entries && { [entries.name]: entries.list.slice(0, kept) }),
    ...(omitted > 0 && { omitted: { entries: omitted, note: toolNotes.omitted } }),
  };
  return `${dataNote}\n\n\`\`\`json\n${asData(data)}\n\`\`\`\n`;
}

/** JSON on one line, in which no text can end the block around it. */
function asData(data: unknown): string {
  const json = JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' ? plainText(value, longestValue) : value,
  );
  return visible(json).replace(/[`<>]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
