import type { PolicyCoverage } from '../../access/explain/projectPolicies';
import type { Organization } from '../../access/organization';
import type { PoliciesMessage } from '../../protocol/policies';
import { waitMessage } from '../../protocol/wait';
import { plainText } from '../../text/plainText';
import { steadyNow } from '../../text/steadyClock';
import { explanationInWords } from '../../words/errors';
import { explainOfProject } from '../../words/explain';

/** How far model policies are loaded, for a tab. */
export function policiesMessage(
  { gates }: Pick<Organization, 'gates'>,
  { projects, notLoaded, old, failed, loadedAt }: PolicyCoverage,
): PoliciesMessage {
  const { progress } = gates.policyLoad;
  const [waiting] = gates.waits;
  const wait = progress && waiting && waitMessage(waiting, steadyNow());
  const [first] = failed;
  return {
    projects: projects.length,
    notLoaded: notLoaded.length,
    old: old.length,
    failed: failed.length,
    ...(loadedAt !== undefined && { loadedAt }),
    ...(progress && { progress }),
    ...(wait && { wait }),
    ...(first && { failure: plainText(explanationInWords(explainOfProject(first.error))) }),
  };
}

/** Hears of all that changes what the model policies say, or how far they are loaded. Returns what ends that. */
export function onPolicies(
  { gates }: Pick<Organization, 'gates'>,
  {
    onProject,
    onLoad,
  }: {
    /** What is known of a project has changed. */
    onProject(project: string): void;
    /** A load began, gets on, waits, or is over. */
    onLoad(): void;
  },
): () => void {
  const all = [
    gates.policies.onDidChange(onProject),
    gates.states.onDidChange(onProject),
    gates.policyLoad.onDidChange(onLoad),
    gates.onDidChangeWaits(onLoad),
  ];
  return () => {
    for (const unsubscribe of all) unsubscribe();
  };
}
