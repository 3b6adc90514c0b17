import { Disposable } from 'vscode';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { plainText } from '../../text/plainText';
import { titleOfOrganization } from '../../words/organizationNames';

/** A view, or the tab of a page. */
export interface Titled {
  title?: string | undefined;
}

/**
 * Keeps the title of a view naming the organization that is shown, also while the view is collapsed or hidden: VS Code
 * asks such a view for no rows, but shows its title. `onChange`: called when another organization is shown, before any
 * of its rows is there.
 */
export function nameOrganization(
  view: Titled,
  name: string,
  current: CurrentOrganization,
  onChange: () => void = () => undefined,
): Disposable {
  // VS Code hides the description of a container's only view, so the title names the organization.
  const update = (): void => {
    const title = titleOfOrganization(name, plainText(current.label));
    if (view.title !== title) view.title = title;
  };
  update();
  return Disposable.from(
    current.onDidRelabel(update),
    current.onDidChange(() => {
      update();
      onChange();
    }),
  );
}
