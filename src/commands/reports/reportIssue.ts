import { commands, env, extensions, version, window, workspace } from 'vscode';
import { parseCheckpointId } from '../../access/ids/checkpointId';
import { withoutNames } from '../../text/redact';
import { type IssueReport, issueAddress, issueInDocument, noIssueAddress } from '../../words/issueReport';
import type { Command, Services } from '../shared/services';

/**
 * Opens the issue form of the repository with the versions and the last error filled in, without keys, names, and IDs.
 * The person reads and sends it. Where no repository is known, the report is an untitled document.
 */
export const reportIssue: Command = async (services) => {
  const { folder } = services;
  const own = extensions.all.find(({ extensionUri }) => extensionUri.toString() === folder.toString());
  const { version: ownVersion, bugs } = (own?.packageJSON ?? {}) as {
    readonly version?: string;
    readonly bugs?: { readonly url?: string };
  };
  const names = await namesToLeaveOut(services);
  const clean = (text: string | undefined) => (text === undefined ? undefined : withoutNames(text, names));
  const report: IssueReport = {
    extension: ownVersion ?? '',
    editor: `${env.appName} ${version}`,
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    isInBrowser: env.appHost !== 'desktop',
    remote: env.remoteName,
    lastError: clean(services.log.lastError),
    lastFailedRequest: clean(services.log.lastFailedRequest),
  };
  if (bugs?.url) {
    // As a string: an address object encodes the separators of the fields once more.
    await commands.executeCommand('vscode.open', issueAddress(bugs.url, report));
    return;
  }
  const document = await workspace.openTextDocument({
    language: 'markdown',
    content: issueInDocument(report),
  });
  await window.showTextDocument(document);
  void window.showInformationMessage(noIssueAddress);
};

/** The names of organizations, hosts, projects, and models, which an error may quote. */
async function namesToLeaveOut({ profiles, current }: Services): Promise<string[]> {
  const active = await current.get();
  const organization = active.kind === 'organization' ? active.organization : undefined;
  const projects = [...(organization?.projects.snapshot.projects.values() ?? [])].map(({ name }) => name);
  const models = (organization?.catalog.ids ?? []).flatMap((id) => {
    const parsed = parseCheckpointId(id);
    return [parsed?.suffix, parsed?.organization];
  });
  return [...profiles.all.flatMap(({ name, host }) => [name, host]), ...projects, ...models].flatMap(
    (name) => name ?? [],
  );
}
