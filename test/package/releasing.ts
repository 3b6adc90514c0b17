/** The channels of the Marketplace. */
export type Channel = 'release' | 'preRelease';

/** What is known before a release, each as found: nothing of it is changed. */
export interface ReleaseFacts {
  /** `major.minor.patch`. */
  readonly version: string;
  /** The address of the repository, or empty while it has none. */
  readonly repository: string;
  readonly channel: Channel;
  /** `CHANGELOG.md`. */
  readonly changelog: string;
  /** What `git status --porcelain` prints. */
  readonly uncommitted: string;
  /** The tags of the commit that is checked out. */
  readonly tags: readonly string[];
}

/** The text under the heading of a version in a changelog, trimmed. Undefined when it has no such heading. */
export function sectionOf(changelog: string, heading: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => each.split('\n', 1)[0]?.trim() === heading);
  return section?.slice(section.split('\n', 1)[0]?.length).trim();
}

/** Why a version must not be released, in words. Empty when nothing is in its way. */
export function obstaclesOf(facts: ReleaseFacts): string[] {
  const { version, repository, channel, changelog, uncommitted, tags } = facts;
  const obstacles: string[] = [];
  if (repository === '')
    obstacles.push('"repository" in package.json is empty: links and pictures would have no address.');
  const channelOfVersion: Channel = Number(version.split('.')[1]) % 2 === 0 ? 'release' : 'preRelease';
  if (channel !== channelOfVersion)
    obstacles.push(
      channelOfVersion === 'preRelease'
        ? `${version} has an odd minor version, which is for pre-releases: add -- --pre-release.`
        : `${version} has an even minor version, which is for releases: leave out --pre-release.`,
    );
  if (!sectionOf(changelog, version)) obstacles.push(`CHANGELOG.md says nothing under "## ${version}".`);
  if (sectionOf(changelog, 'Unreleased') !== '')
    obstacles.push(
      `CHANGELOG.md must have an empty "## Unreleased": what is released is under "## ${version}".`,
    );
  if (uncommitted !== '') obstacles.push('Not everything is committed.');
  if (!tags.includes(`v${version}`))
    obstacles.push(`The commit has no tag v${version}, which links and pictures lead to.`);
  return obstacles;
}
