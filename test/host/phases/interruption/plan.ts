import assert from 'node:assert/strict';
import type { Services } from '../../../../src/commands/shared/services';
import { type Ending, type Selection, selectionVariable } from '../../selection';
import type { Beginning, State } from '../../survivor';

/** The organization whose plan is interrupted. */
export const interrupted = 'interrupted';

/** One plan of ten steps, each a request of its own: five grants and five revokes over ten checkpoints. */
export const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4.1-2025-04-14:harbor-labs:crash:Cc1Rr2As:ckpt-step-${index}`,
);
const [source, target, bystander] = [0, 1, 2];
const beginning: Beginning = {
  projects: ['Source', 'Target', 'Bystander'],
  access: Object.fromEntries(checkpoints.map((id, index) => [id, [index % 2 ? target : source, bystander]])),
};

/** The process ends when the response to this step has arrived and isn't recorded yet. */
export const ended = 3;

function ofRunner(): Ending {
  const { ending } = JSON.parse(process.env[selectionVariable] ?? '{}') as Selection;
  assert.ok(ending, 'the runner has an organization that outlives this process');
  return ending;
}

export const { baseURL, control, lastWords } = ofRunner();

/** Resets the organization that outlives the window. */
export async function begin(): Promise<void> {
  await fetch(control, { method: 'POST', body: JSON.stringify(beginning) });
}

/** What the organization that outlives the window received, and its access. */
export const state = async (): Promise<State> => (await fetch(control)).json() as Promise<State>;

/** The organization in this window, when it is shown. */
export async function shownOrganization({ current }: Services) {
  const shown = await current.get();
  assert.ok(shown.kind === 'organization', shown.kind);
  return shown.organization;
}
