import { env, window } from 'vscode';
import type { Pair } from '../../access/explain/pairUse';
import type { Organization } from '../../access/organization';
import type { ExplainedPlace } from '../../protocol/explain';
import type { AskedPair } from '../../views/access/actions';
import { accessErrorTexts as texts } from '../../words/accessError';
import {
  checkpointAbove,
  historyRowKey,
  modelTarget,
  namedAccess,
  pageRow,
  targets,
} from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickProject } from '../shared/pickProject';
import type { Command, Services } from '../shared/services';

/** Milliseconds that the status bar confirms a copy. */
const confirmFor = 2000;

/**
 * Explains why a project can, or can't, use a checkpoint, in the Explain tab. Called on rows of the trees or of the
 * page, or with `{ project, checkpoint }`. Asks for what is not given.
 */
export const explainAccess: Command = async (services, target, selection) => {
  const row = pageRow(target);
  // The page that has the row looks it up, and asks for the rest.
  if (row) return services.pages.send('explain', { type: 'explain', ...row });
  const change = historyRowKey(target);
  if (change !== undefined) return services.pages.send('history', { type: 'explain', key: change });
  const nodes = targets(services, target, selection, 'permission', 'project', 'notKnown');
  const rows = targets(services, target, selection, 'checkpoint', 'range', 'more', 'none', 'failure');
  const models = targets(services, target, selection, 'model');
  const named = nodes.length + rows.length + models.length > 0 ? undefined : namedAccess(target);
  const organization = await organizationInView(services, [...nodes, ...rows, ...models], named);
  if (!organization) return;
  const model = modelTarget(services, models);
  const [node] = nodes;
  const given: AskedPair =
    node?.kind === 'permission'
      ? { project: node.permission.project_id, checkpoint: node.parent.checkpoint.id }
      : node
        ? { project: node.kind === 'project' ? node.project : node.projectNode.project }
        : { checkpoint: rows.map(checkpointAbove).find((id) => id !== undefined), ...named };
  const checkpoint = given.checkpoint ?? (model && (await askCheckpoint(organization, model)));
  // The picker of the checkpoints of a model was closed.
  if (model && checkpoint === undefined) return;
  await explainPair(services, organization, { ...given, checkpoint });
};

/** Explains the access of a project to a checkpoint in the page. Asks for what is not given, the checkpoint first. */
export async function explainPair(
  services: Services,
  organization: Organization,
  { project, checkpoint, heard }: AskedPair & Pick<ExplainedPlace, 'heard'>,
): Promise<void> {
  const pair = await askPair(organization, { project, checkpoint });
  if (!pair || !(await ensureStillCurrent(services, organization))) return;
  const place: ExplainedPlace = { ...pair, ...(heard && { heard }) };
  await services.pages.open(organization, { tab: 'explain', filter: place });
}

/** Asks for what is not given of a pair. The checkpoint comes first, because its list is here already. */
async function askPair(organization: Organization, given: AskedPair): Promise<Pair | undefined> {
  const checkpoint = given.checkpoint ?? (await askCheckpoint(organization));
  if (checkpoint === undefined) return undefined;
  const project =
    given.project ??
    (await pickProject(organization, { title: texts.explainTitle, question: texts.projectQuestion }));
  return project === undefined ? undefined : { project, checkpoint };
}

async function askCheckpoint(
  organization: Organization,
  model?: ReturnType<typeof modelTarget>,
): Promise<string | undefined> {
  const picked = await pickCheckpoints(organization, {
    title: texts.explainTitle,
    placeHolder: texts.checkpointQuestion,
    several: false,
    model,
  });
  return picked?.[0];
}

/** Copies a text, and says in the status bar that it did. */
export async function copyText(text: string, said: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${said}`, confirmFor);
}
