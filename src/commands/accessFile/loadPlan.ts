import type { AccessFile } from '../../access/accessFile/accessFile';
import { loadForAccessFile, reloadProjectsOfErrors } from '../../access/accessFile/loadForAccessFile';
import { type FilePlan, planAccessFile } from '../../access/accessFile/planAccessFile';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { dayAt } from '../../views/accessFile/diagnostics';
import { listsLoaded } from '../../words/accessFileEditor';
import type { PlanReading } from '../plan/makePlan';
import { withPlanProgress } from '../plan/planProgress';

/**
 * Loads what a file needs, and plans it. The list of projects is loaded once more where a project of the file may be newer
 * than the list. Rejects when canceled. Lists that fail are in the plan.
 */
export async function loadAndPlan(
  organization: Organization,
  file: AccessFile,
  { signal, report, maxAge }: Pick<PlanReading, 'signal' | 'report'> & Partial<PlanReading>,
): Promise<FilePlan> {
  const { projects } = organization;
  const readAt = projects.now();
  await loadForAccessFile(file, organization, {
    signal,
    onProgress: (done, total) => report(listsLoaded(done, total)),
    ...(maxAge && { maxAge }),
  });
  const make = (): Promise<FilePlan> =>
    inSlices(planAccessFile(file, organization, dayAt(organization.now())), signal);
  const plan = await make();
  return (await reloadProjectsOfErrors(plan, projects, readAt, signal)) ? make() : plan;
}

/** The same with progress and cancel. */
export function loadAndPlanInSight(
  organization: Organization,
  file: AccessFile,
  title: string,
): Promise<FilePlan> {
  return withPlanProgress(organization, 'notification', title, (progress, signal) =>
    loadAndPlan(organization, file, { signal, report: (message) => progress.report(message) }),
  );
}
