/** Where the project can be found on the web, as the manifest of a package says it. */
export interface Addresses {
  readonly repository: { readonly type: 'git'; readonly url: string };
  readonly bugs: { readonly url: string };
  readonly homepage: string;
}

const github = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/;

/**
 * All addresses, from the one that `package.json` has as its `repository`. None while it is empty.
 *
 * @throws Error when it is not the address of a repository at GitHub, without `.git` and without a slash at its end
 */
export function addressesOf(repository: string): Addresses | undefined {
  if (repository === '') return undefined;
  if (!github.test(repository) || repository.endsWith('.git'))
    throw new Error(`The repository must be https://github.com/OWNER/NAME, and not ${repository}.`);
  return {
    repository: { type: 'git', url: `${repository}.git` },
    bugs: { url: `${repository}/issues` },
    homepage: `${repository}#readme`,
  };
}
