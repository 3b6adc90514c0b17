type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a variable says that there is a pull request: not empty, and not the word for none. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', 'false', 'null', '0'].includes(value.trim().toLowerCase());
}

/** How each system says that a run is for a pull request, which is not merged yet. */
const systems: readonly (readonly [name: string, isPullRequest: (env: Environment) => boolean])[] = [
  ['GitHub Actions', ({ GITHUB_EVENT_NAME: event = '' }) => /^(?:pull_request|merge_group)/.test(event)],
  [
    'GitLab CI',
    (env) =>
      /^(?:merge_request_event|external_pull_request_event)$/.test(env.CI_PIPELINE_SOURCE ?? '') ||
      isSet(env.CI_MERGE_REQUEST_IID) ||
      isSet(env.CI_EXTERNAL_PULL_REQUEST_IID),
  ],
  [
    'Azure Pipelines',
    (env) => env.BUILD_REASON === 'PullRequest' || isSet(env.SYSTEM_PULLREQUEST_PULLREQUESTID),
  ],
  ['Bitbucket Pipelines', (env) => isSet(env.BITBUCKET_PR_ID)],
  [
    'CircleCI',
    (env) => isSet(env.CIRCLE_PULL_REQUEST) || isSet(env.CIRCLE_PULL_REQUESTS) || isSet(env.CIRCLE_PR_NUMBER),
  ],
  ['Buildkite', (env) => isSet(env.BUILDKITE_PULL_REQUEST)],
  ['Travis CI', (env) => isSet(env.TRAVIS_PULL_REQUEST) || env.TRAVIS_EVENT_TYPE === 'pull_request'],
  ['Jenkins', (env) => isSet(env.CHANGE_ID)],
  ['Drone', (env) => env.DRONE_BUILD_EVENT === 'pull_request' || isSet(env.DRONE_PULL_REQUEST)],
  [
    'Woodpecker',
    (env) => /^pull_request/.test(env.CI_PIPELINE_EVENT ?? '') || isSet(env.CI_COMMIT_PULL_REQUEST),
  ],
  ['AppVeyor', (env) => isSet(env.APPVEYOR_PULL_REQUEST_NUMBER)],
  ['Semaphore', (env) => env.SEMAPHORE_GIT_REF_TYPE === 'pull-request' || isSet(env.SEMAPHORE_GIT_PR_NUMBER)],
  ['Cirrus CI', (env) => isSet(env.CIRRUS_PR)],
  ['Codefresh', (env) => isSet(env.CF_PULL_REQUEST_NUMBER)],
  [
    'AWS CodeBuild',
    // A merged one is no longer a request.
    ({ CODEBUILD_WEBHOOK_EVENT: event = '' }) => /^PULL_REQUEST_(?!MERGED)/.test(event),
  ],
  ['Bitrise', (env) => isSet(env.BITRISE_PULL_REQUEST)],
];

/** The system whose variables say that this run is for a pull request. Undefined if none does. */
export function pullRequestSystem(env: Environment): string | undefined {
  return systems.find(([, isPullRequest]) => isPullRequest(env))?.[0];
}
