import assert from 'node:assert/strict';
import { pullRequestSystem } from '../../../src/cli/pullRequest';

type Environment = Readonly<Record<string, string>>;

/** What the systems document: variables of a run for a pull request, and of one for the branch. */
const systems: Readonly<
  Record<string, { readonly pulls: readonly Environment[]; readonly branch: Environment }>
> = {
  'GitHub Actions': {
    pulls: [
      { GITHUB_EVENT_NAME: 'pull_request' },
      { GITHUB_EVENT_NAME: 'pull_request_target' },
      { GITHUB_EVENT_NAME: 'pull_request_review' },
      { GITHUB_EVENT_NAME: 'merge_group' },
    ],
    branch: { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' },
  },
  'GitLab CI': {
    pulls: [
      { CI_PIPELINE_SOURCE: 'merge_request_event' },
      { CI_PIPELINE_SOURCE: 'external_pull_request_event' },
      { CI_PIPELINE_SOURCE: 'parent_pipeline', CI_MERGE_REQUEST_IID: '12' },
    ],
    branch: { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' },
  },
  'Azure Pipelines': {
    pulls: [{ BUILD_REASON: 'PullRequest' }, { SYSTEM_PULLREQUEST_PULLREQUESTID: '7' }],
    branch: { BUILD_REASON: 'IndividualCI' },
  },
  'Bitbucket Pipelines': { pulls: [{ BITBUCKET_PR_ID: '3' }], branch: { BITBUCKET_BRANCH: 'main' } },
  CircleCI: {
    pulls: [{ CIRCLE_PULL_REQUEST: 'https://example.com/pull/1' }, { CIRCLE_PR_NUMBER: '1' }],
    branch: { CIRCLE_BRANCH: 'main', CIRCLE_PULL_REQUEST: '' },
  },
  Buildkite: { pulls: [{ BUILDKITE_PULL_REQUEST: '123' }], branch: { BUILDKITE_PULL_REQUEST: 'false' } },
  'Travis CI': {
    pulls: [{ TRAVIS_PULL_REQUEST: '5' }, { TRAVIS_EVENT_TYPE: 'pull_request' }],
    branch: { TRAVIS_PULL_REQUEST: 'false', TRAVIS_EVENT_TYPE: 'push' },
  },
  Jenkins: { pulls: [{ CHANGE_ID: '9' }], branch: { BRANCH_NAME: 'main' } },
  Drone: { pulls: [{ DRONE_BUILD_EVENT: 'pull_request' }], branch: { DRONE_BUILD_EVENT: 'push' } },
  Woodpecker: {
    pulls: [{ CI_PIPELINE_EVENT: 'pull_request' }, { CI_COMMIT_PULL_REQUEST: '4' }],
    branch: { CI_PIPELINE_EVENT: 'push' },
  },
  AppVeyor: { pulls: [{ APPVEYOR_PULL_REQUEST_NUMBER: '2' }], branch: { APPVEYOR_REPO_BRANCH: 'main' } },
  Semaphore: {
    pulls: [{ SEMAPHORE_GIT_REF_TYPE: 'pull-request' }, { SEMAPHORE_GIT_PR_NUMBER: '8' }],
    branch: { SEMAPHORE_GIT_REF_TYPE: 'branch' },
  },
  'Cirrus CI': { pulls: [{ CIRRUS_PR: '6' }], branch: { CIRRUS_BRANCH: 'main' } },
  Codefresh: { pulls: [{ CF_PULL_REQUEST_NUMBER: '6' }], branch: { CF_BRANCH: 'main' } },
  'AWS CodeBuild': {
    pulls: [{ CODEBUILD_WEBHOOK_EVENT: 'PULL_REQUEST_CREATED' }],
    branch: { CODEBUILD_WEBHOOK_EVENT: 'PULL_REQUEST_MERGED' },
  },
  Bitrise: { pulls: [{ BITRISE_PULL_REQUEST: '1' }], branch: { BITRISE_GIT_BRANCH: 'main' } },
};

describe('a run for a pull request', () => {
  for (const [system, { pulls, branch }] of Object.entries(systems))
    it(`is seen in ${system}, and one for the branch is none`, () => {
      for (const env of pulls) assert.equal(pullRequestSystem(env), system);
      assert.equal(pullRequestSystem(branch), undefined);
    });

  it('is none on a computer of a person', () => assert.equal(pullRequestSystem({ PATH: '/bin' }), undefined));
});
