import { window } from 'vscode';
import { stageProposed } from '../../access/agents/stageProposed';
import { parseStageChanges, type StageChangesInput } from '../../access/agents/toolInput';
import type { Organization } from '../../access/organization';
import { isoMoment } from '../../text/dates';
import { asMarkdown } from '../../views/markdown/escape';
import { changeInWords, proposedInWords, stagedByAgent, stageQuestion, toolNotes } from '../../words/agents';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import { inTabs } from '../../words/tabs';
import { openAccess } from '../access/openAccess';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { aboutAnswer } from './listAccess';
import type { Tool } from './tool';

/** Puts changes among the staged ones, where a person reviews and applies them. */
export const stageChanges: Tool<StageChangesInput> = {
  parse: parseStageChanges,

  requests: () => 0,

  ask: (organization, { changes }) =>
    stageQuestion(
      changes.map(({ action, project, checkpoint }) =>
        changeInWords(
          action,
          asMarkdown(plainProjectName(organization, project), 120),
          asMarkdown(plainCheckpointLabel(checkpoint, organization), 120),
        ),
      ),
    ),

  run: async (services, organization, { changes }) => {
    const now = organization.now();
    const results = stageProposed(organization, changes);
    const added = results.filter(({ result }) => result === 'staged').length;
    if (added > 0) tellPerson(services, organization);
    return {
      facts: {
        ...aboutAnswer(organization),
        staged: added,
        notStaged: results.length - added,
        stagedInAll: organization.staged.size,
        notes: [toolNotes.nothingSent],
      },
      entries: {
        name: 'changes',
        list: results.map((each) => ({
          action: each.action,
          project: each.project,
          checkpoint: each.checkpoint,
          isStaged: each.result === 'staged' || each.result === 'stagedBefore',
          result: proposedInWords(each, now),
          ...(each.loadedAt !== undefined && { loadedAt: isoMoment(each.loadedAt) }),
        })),
        total: results.length,
      },
    };
  },
};

/**
 * Offers the review. It isn't opened by itself, because the page loads what is missing when someone looks. VS Code shows
 * one message of the same text, however often it is shown.
 */
function tellPerson(services: Services, organization: Organization): void {
  const review = async (): Promise<void> => {
    if (await ensureStillCurrent(services, organization)) await openAccess(services, organization, 'changes');
  };
  showWithActions(window.showInformationMessage, prefixWithOrganization(organization, stagedByAgent), [
    [inTabs.reviewChanges, () => withErrorReport(services, review)],
  ]);
}
