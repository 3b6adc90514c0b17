import { ProgressLocation, window } from 'vscode';
import { type Discovery, discover, type SourceProgress } from '../../access/discovery/discover';
import type { Source } from '../../access/discovery/source';
import type { Wait } from '../../access/matrix/cell';
import type { Organization } from '../../access/organization';
import { cancelSignal } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { explain, explanationInWords } from '../../words/errors';
import { count } from '../../words/names';
import { waitInWords } from '../../words/waiting';
import { showWithActions } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { pickFound } from './pickFound';
import { chooseSources } from './searchSources';

/**
 * Searches for checkpoints in the places that the person chooses, side by side, and adds those that they pick to the
 * list. A place that cannot be searched is told and takes nothing from the others.
 */
export const findCheckpoints: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const sources = await chooseSources(organization);
  if (!sources) return;
  const discovery = await searchWithProgress(organization, sources);
  // Its answers belong to an organization that nobody looks at any more.
  const notAdded = 'What was found was not added. Begin again in the view.';
  if (!(await isStillShown(services, organization, notAdded))) return;

  tellWhatIsMissing(services, organization, discovery);
  const { catalog } = organization;
  const known = discovery.entries.filter(({ id }) => catalog.has(id));
  // What is in the list already learns where else it was found, and when it ends.
  await catalog.add(known);
  const fresh = discovery.entries.filter(({ id }) => !catalog.has(id));
  if (fresh.length === 0) {
    void window.showInformationMessage(titled(organization, nothingNew(discovery, known.length)));
    return;
  }
  const picked = await pickFound(organization, fresh, known.length, summary(discovery));
  if (!picked || !(await isStillShown(services, organization, notAdded))) return;
  await catalog.add(picked);
  window.setStatusBarMessage(`$(check) Added ${count(picked.length, 'checkpoint')}`, 2000);
};

function searchWithProgress(organization: Organization, sources: readonly Source[]): Thenable<Discovery> {
  const title = titled(organization, 'Finding checkpoints');
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const states = new Map<string, SourceProgress>();
      let wait: Wait | undefined;
      const tell = (): void => {
        const waiting = wait && wait.until > Date.now() ? [waitInWords(wait, Date.now())] : [];
        progress.report({ message: [...waiting, ...[...states.values()].map(stateInWords)].join(' · ') });
      };
      // The wait counts down by itself.
      const tick = setInterval(() => wait && tell(), 1000);
      const search = {
        signal: AbortSignal.any([cancelSignal(token), organization.closed]),
        now: Date.now(),
        onWait: (waiting: Wait) => {
          wait = waiting;
          tell();
        },
      };
      return discover(sources, search, (state) => {
        states.set(state.source.id, state);
        tell();
      }).finally(() => clearInterval(tick));
    },
  );
}

function stateInWords({ source, found, words, report }: SourceProgress): string {
  const title = escapeForMessage(source.title, 60);
  if (report?.end.kind === 'failed') return `${title}: failed`;
  return `${title}: ${report ? `${found} found` : words}`;
}

/** What each place came to, in one line. */
function summary({ reports }: Discovery): string {
  return reports
    .map(({ source, found, end }) => {
      const note = { complete: '', incomplete: ', incomplete', failed: ', could not be searched' }[end.kind];
      return `${escapeForMessage(source.title, 60)} ${found}${note}`;
    })
    .join(' · ');
}

function nothingNew({ reports }: Discovery, known: number): string {
  const searched = reports.filter(({ end }) => end.kind !== 'failed').length;
  if (searched === 0) return 'Nothing could be searched, so nothing is known of further checkpoints.';
  const whole = reports.every(({ end }) => end.kind === 'complete');
  const what =
    known > 0 ? `${count(known, 'checkpoint')} found, all in the list already.` : 'No checkpoint was found.';
  return whole ? what : `${what} Not everything could be searched, so there may be more.`;
}

/** One message for all that failed or is not whole, so that an empty result is never taken for a proof. */
function tellWhatIsMissing({ log }: Services, organization: Organization, { reports }: Discovery): void {
  const words = reports.flatMap(({ source, end }) => {
    const title = escapeForMessage(source.title, 100);
    if (end.kind === 'incomplete') return [`${title} may have more: ${end.reason}.`];
    if (end.kind === 'failed') return [`${title}: ${failureInWords(source, end.error)}`];
    return [];
  });
  if (words.length === 0) return;
  for (const each of words) log.error(`Finding checkpoints: ${each}`);
  showWithActions(window.showWarningMessage, escapeForMessage(titled(organization, words.join(' ')), 1000), [
    ['Show Log', () => log.show()],
  ]);
}

function failureInWords({ id }: Source, error: unknown): string {
  return explanationInWords(explain(error, id.startsWith('jobs:') ? 'project API key' : 'admin API key'));
}
