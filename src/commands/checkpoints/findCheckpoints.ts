import { commands, ProgressLocation, window } from 'vscode';
import { type Discovery, discover, type SourceProgress } from '../../access/discovery/discover';
import type { Source } from '../../access/discovery/source';
import type { Wait } from '../../access/matrix/cell';
import type { Organization } from '../../access/organization';
import { cancelSignal } from '../../editor/questions';
import { viewIds } from '../../ids';
import { metadata } from '../../text/lists';
import { escapeForMessage } from '../../text/plainText';
import { steadyNow } from '../../text/steadyClock';
import { addedInWords } from '../../words/checkpointList';
import {
  nothingNewInWords,
  resultsInWords,
  searchInWords,
  searchTexts,
  shortfallInWords,
  shortfallsInWords,
} from '../../words/discovery';
import { explain, explanationInWords, type KeyKind } from '../../words/errors';
import { commandTitles } from '../../words/titles';
import { waitInWords } from '../../words/waiting';
import { showWithActions } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { revealListed } from '../shared/revealListed';
import type { Command, Services } from '../shared/services';
import { pickFound } from './pickFound';
import { chooseSources } from './searchSources';

/**
 * Searches the selected sources for checkpoints, concurrently, and adds the selected results to the list. A source that
 * fails is reported and doesn't stop the others.
 */
export const findCheckpoints: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const sources = await chooseSources(organization);
  if (!sources) return;
  const discovery = await searchWithProgress(organization, sources);
  // The organization may have been switched during the search.
  if (!(await ensureStillCurrent(services, organization, searchTexts.notAdded))) return;

  logShortfalls(services, discovery);
  const missed = shortfallsInWords(discovery.reports, whyFailed);
  const { catalog } = organization;
  const known = discovery.entries.filter(({ id }) => catalog.has(id));
  // Listed checkpoints get the new findings and shutdown dates.
  await catalog.add(known);
  const fresh = discovery.entries.filter(({ id }) => !catalog.has(id));
  if (fresh.length === 0) {
    const words = nothingNewInWords(discovery.reports, known.length, whyFailed);
    if (missed) warn(services, organization, words);
    else void window.showInformationMessage(prefixWithOrganization(organization, words));
    return;
  }
  if (missed) warn(services, organization, missed);
  const picked = await pickFound(organization, fresh, known.length, resultsInWords(discovery.reports));
  if (!picked || !(await ensureStillCurrent(services, organization, searchTexts.notAdded))) return;
  await catalog.add(picked);
  window.setStatusBarMessage(
    `$(check) ${addedInWords(
      picked.map(({ id }) => id),
      organization,
    )}`,
    2000,
  );
  // VS Code selects no row of a view that it must open for it.
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
  await revealListed(
    services,
    organization,
    picked.map(({ id }) => id),
  );
};

function searchWithProgress(organization: Organization, sources: readonly Source[]): Thenable<Discovery> {
  const title = prefixWithOrganization(organization, searchTexts.searching);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const states = new Map<string, SourceProgress>();
      let wait: Wait | undefined;
      const showProgress = (): void => {
        const waiting = wait && wait.until > steadyNow() ? waitInWords(wait, steadyNow()) : '';
        progress.report({ message: metadata(waiting, searchInWords(states.values())) });
      };
      // Updates the countdown of a wait once a second.
      const tick = setInterval(() => wait && showProgress(), 1000);
      const search = {
        signal: AbortSignal.any([cancelSignal(token), organization.closed]),
        now: Date.now(),
        onWait: (waiting: Wait) => {
          wait = waiting;
          showProgress();
        },
      };
      return discover(sources, search, (state) => {
        states.set(state.source.id, state);
        showProgress();
      }).finally(() => clearInterval(tick));
    },
  );
}

/** The reasons of several places don't fit into a message. */
function logShortfalls({ log }: Services, { reports }: Discovery): void {
  for (const report of reports) {
    const reasons = shortfallInWords(report, whyFailed);
    if (reasons) log.error(`Finding checkpoints: ${reasons}`);
  }
}

/** One message about all places that failed or may have more, because an empty result proves nothing then. */
function warn({ log }: Services, organization: Organization, words: string): void {
  const message = escapeForMessage(prefixWithOrganization(organization, words), 1000);
  showWithActions(window.showWarningMessage, message, [[commandTitles.showLog, () => log.show()]]);
}

function whyFailed(error: unknown, key: KeyKind): string {
  return explanationInWords(explain(error, key));
}
