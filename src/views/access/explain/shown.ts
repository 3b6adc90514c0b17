import type { AccessExplanation } from '../../../access/explain/explainAccess';
import { type Gate, gateKinds } from '../../../access/explain/gates';
import type { Pair } from '../../../access/explain/pairUse';
import type { Organization } from '../../../access/organization';
import type {
  ExplainAction,
  ExplainedGate,
  ExplainedPlace,
  ShownExplanation,
} from '../../../protocol/explain';
import { waitMessage } from '../../../protocol/wait';
import { plainText } from '../../../text/plainText';
import { steadyNow } from '../../../text/steadyClock';
import {
  type ExplainedNames,
  gateInWords,
  reasonsOfVerdict,
  verdictLine,
  warningsInWords,
} from '../../../words/explain';
import { heardInWords } from '../../../words/explainTab';
import { plainCheckpointLabel, plainProjectName } from '../../../words/names';

/** The longest text of one part: what a server sends must not fill the window. */
const longest = 1500;

/** What the project and the checkpoint of an explanation are called. Safe to show as plain text. */
export function namesOf(organization: Organization, { project, checkpoint }: Pair): ExplainedNames {
  const nameOf = (id: string): string => {
    // The project may have been asked for alone, without the list of all.
    const state = organization.gates.states.get(id).value;
    return plainProjectName(organization, id, (state?.kind === 'found' && state.project.name) || undefined);
  };
  return { project: nameOf(project), checkpoint: plainCheckpointLabel(checkpoint, organization), nameOf };
}

/** How far an explanation is loaded. */
export type Loaded = Pick<ShownExplanation, 'requests' | 'requestsAgain' | 'isLoading' | 'isStopped'>;

/** An explanation as the page shows it. Every text is safe to show. */
export function shownExplanation(
  organization: Organization,
  { project, checkpoint, heard }: ExplainedPlace,
  explanation: AccessExplanation,
  loaded: Loaded,
): ShownExplanation {
  const names = namesOf(organization, { project, checkpoint });
  const { gates, verdict, at } = explanation;
  const all: readonly Gate[] = gateKinds.map((kind) => gates[kind]);
  const wait = loaded.isLoading ? longestWait(organization) : undefined;
  return {
    project,
    checkpoint,
    projectName: names.project,
    checkpointName: names.checkpoint,
    verdict: verdict.kind,
    line: safe(verdictLine(explanation, names)),
    reasons: safe(reasonsOfVerdict(explanation, names)),
    warnings: warningsInWords(explanation).map(safe),
    heard: heard ? heardInWords(heard.kind, heard.from, verdict.kind === 'can') : '',
    gates: all.map((gate) => shownGate(gate, explanation, names, at)),
    hasLoaded: all.some(({ kind, loadedAt }) => kind !== 'shutdown' && loadedAt !== undefined),
    ...loaded,
    ...(wait && { wait }),
  };
}

function shownGate(
  gate: Gate,
  explanation: AccessExplanation,
  names: ExplainedNames,
  now: number,
): ExplainedGate {
  const { title, state, evidence, source, advice, detail, offer } = gateInWords(gate, names, now);
  return {
    kind: gate.kind,
    state: gate.state,
    stateText: state,
    title,
    evidence: safe(evidence),
    source: safe(source),
    advice: safe(advice),
    ...(detail && { detail: safe(detail) }),
    actions: actionsOf(gate, explanation, offer),
    canLoadAgain: gate.kind !== 'shutdown' && gate.failure !== undefined,
  };
}

/** What can be done about a gate, most useful first. */
function actionsOf(
  gate: Gate,
  { gates }: AccessExplanation,
  offer: ReturnType<typeof gateInWords>['offer'],
): ExplainAction[] {
  const failed: ExplainAction[] = offer === 'setAdminKey' || offer === 'settings' ? [offer] : [];
  const isGranted = gates.permission.evidence.kind === 'granted';
  switch (gate.kind) {
    case 'project':
      return gate.evidence.kind === 'notFound' || gate.evidence.kind === 'archived'
        ? [...failed, 'choose']
        : failed;
    case 'permission':
      if (gate.evidence.kind === 'none') return [...failed, 'grant'];
      if (gate.evidence.kind === 'notGranted') return [...failed, 'grant', 'findCheckpoints'];
      return isGranted ? [...failed, 'revoke'] : failed;
    case 'shutdown':
      if (gate.settledBy === 'findShutdownDate') return ['findCheckpoints'];
      return gate.state === 'closed' && isGranted ? ['revoke'] : [];
    case 'policy':
    case 'key':
    case 'usage':
      return failed;
  }
}

function longestWait({ gates, permissions }: Organization): ShownExplanation['wait'] {
  const now = steadyNow();
  const [longest] = [...gates.waits, ...permissions.waits]
    .filter(({ until }) => until > now)
    .sort((one, other) => other.until - one.until);
  return longest && waitMessage(longest, now);
}

function safe(text: string): string {
  return plainText(text, longest);
}
