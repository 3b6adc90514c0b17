import { commands, type Uri, window } from 'vscode';
import { driftOf } from '../../access/accessFile/drift';
import { commandIds } from '../../ids';
import { sentences } from '../../text/lists';
import * as words from '../../words/accessFile';
import * as texts from '../../words/accessFileEditor';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { accessFileFor, readValid, showProblems } from './documents';
import { loadAndPlanInSight } from './loadPlan';
import { organizationOfFile } from './organizationOfFile';
import { isWhole } from './planFile';

/** Loads what the access file is about, and says how access differs from it. The differences are in Problems, too. */
export const checkDrift: Command = async (services, target) => {
  const uri = await accessFileFor(target);
  if (uri) await checkFile(services, uri);
};

async function checkFile(services: Services, uri: Uri): Promise<void> {
  const opened = await readValid(uri);
  if (!opened) return;
  const organization = await organizationOfFile(services, opened.file, () => checkFile(services, uri));
  if (!organization) return;
  const plan = await loadAndPlanInSight(organization, opened.file, texts.accessFileTexts.checking);
  // Its problems are listed as long as it is open.
  await window.showTextDocument(uri, { preview: false });
  const drift = driftOf({ ...plan, unmanaged: [] });
  const now = organization.now();
  const whole = isWhole(plan);
  const message = sentences(
    // What couldn't be read may differ.
    drift.differences === 0 && !whole ? undefined : words.driftSummary(drift, false),
    plan.unread.length > 0 ? texts.notAllRead(plan.unread.length) : undefined,
    plan.areProjectsComplete ? undefined : words.projectsUnreadInWords(organization.projectsStanding, now),
    plan.organization.is === 'unknown' ? words.organizationUnknown : undefined,
    words.liveAsOf(plan.loadedAt, now),
  );
  const again = (name: 'planAccessFile' | 'acceptDrift'): Button => [
    commandTitles[name],
    () => commands.executeCommand(commandIds[name], uri),
  ];
  const actions =
    drift.strictDifferences > 0 ? [again('planAccessFile'), again('acceptDrift'), showProblems] : [];
  const show = whole ? window.showInformationMessage : window.showWarningMessage;
  showWithActions(show, prefixWithOrganization(organization, message), actions);
}
