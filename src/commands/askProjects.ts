import { InputBoxValidationSeverity, window } from 'vscode';
import type { Organization } from '../access/organization';
import { pastedIds } from '../access/pastedIds';
import { whyNotProject } from '../access/projectId';
import { inertText } from '../editor/plainText';
import { redact } from '../openai';
import { someOf } from './names';
import { titled } from './organizationInView';

/**
 * Asks for the ids of the projects to grant access to. While the person types, ids that cannot be projects are explained
 * and projects known to have access already are named. Undefined when cancelled.
 */
export async function askProjects(
  organization: Organization,
  question: { readonly title: string; readonly alreadyHave: (project: string) => boolean },
): Promise<string[] | undefined> {
  const text = await window.showInputBox({
    title: titled(organization, question.title),
    prompt: 'Ids of the projects to grant access to, separated by spaces or commas',
    placeHolder: 'proj_…, proj_…',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const ids = pastedIds(value);
      const wrong = ids.find((id) => whyNotProject(id) !== undefined);
      if (wrong !== undefined) {
        return problem(`“${inertText(redact(wrong), 60)}” ${whyNotProject(wrong)}`);
      }
      if (value.trim() !== '' && ids.length === 0) return problem('There is no project id in this text.');
      const already = ids.filter(question.alreadyHave);
      if (already.length === 0) return undefined;
      const have = already.length === 1 ? 'already has' : 'already have';
      const message = `${someOf(already, 5)} ${have} access and will not be sent.`;
      return { message, severity: InputBoxValidationSeverity.Info };
    },
  });
  const ids = text === undefined ? [] : pastedIds(text);
  return ids.length > 0 ? ids : undefined;
}

function problem(message: string) {
  return { message, severity: InputBoxValidationSeverity.Error };
}
