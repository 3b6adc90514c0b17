import { type FailureFacts, type FailureKind, factsOf, isWithoutServer } from '../access/failures';
import { type KeyKind, KeyringError, type KeyringProblem } from '../credentials/keyringError';
import {
  type APIError,
  type ConnectionFailure,
  type FieldMismatch,
  type InsecureBaseURL,
  type NotSentReason,
  type UnexpectedResponse,
  UnexpectedResponseError,
} from '../openai';
import { lasting } from '../text/dates';
import { listOf, metadata } from '../text/lists';
import { incompleteInWords } from './standing';

export type { KeyKind } from '../credentials/keyringError';

// Failures in words. Texts of servers and of the system are already redacted, but not escaped: callers escape them.

/** A failure in words: what happened, what to do, and the facts. Plain text. */
export interface Explanation {
  /** Fits a row: at most 60 characters, unless it has a long name. Without a full stop. */
  readonly what: string;
  /** What to do, as sentences that name a control by its label. */
  readonly next: string;
  /** Message of the API, the network or the system, if it adds something. Of any form and length. */
  readonly detail?: string;
  /** Action for a button. */
  readonly offer?: 'setAdminKey' | 'settings' | 'retry';
}

/** Explains any error of the client, the domain or the secret storage, for a request with this kind of key. */
export function explain(error: unknown, key: KeyKind = 'admin API key'): Explanation {
  if (error instanceof KeyringError) return keyringInWords(error);
  const facts = factsOf(error);
  return isWithoutServer(error) ? explanationOfSample(facts) : explanationOf(facts, key);
}

/** Explains a failure of a change. `nameOf` returns what a project is called. */
export function explainChange(error: unknown, nameOf: (project: string) => string): Explanation {
  const facts = factsOf(error);
  const explained = explain(error);
  return facts.kind === 'owningProject'
    ? { ...explained, what: ownsThisModel(nameOf(facts.project)) }
    : explained;
}

function ownsThisModel(project: string): string {
  return `${project} owns this model`;
}

/** Explains a failure to list the organization's projects, whose refusals are not about a checkpoint. */
export function explainProjects(error: unknown): Explanation {
  const facts = factsOf(error);
  if (isWithoutServer(error)) return explanationOfSample(facts);
  const explained = explanationOf(facts, 'admin API key');
  const refusal = projectsRefusals[facts.kind];
  return refusal ? { ...refusal, ...(explained.detail && { detail: explained.detail }) } : explained;
}

/** Explains why an organization cannot be shown. `isAdded`: it has its own base URL instead of the setting's. */
export function explainOrganization(error: unknown, isAdded: boolean): Explanation {
  const { offer, ...explained } = explain(error);
  if (isAdded && factsOf(error).kind === 'insecureBaseURL')
    return { ...explained, next: 'Use Remove Organization…, then add it again with another base URL.' };
  return offer ? { ...explained, offer } : explained;
}

/** An explanation as one paragraph, for messages. The detail comes last, because it may be cut. */
export function explanationInWords({ what, next, detail }: Explanation): string {
  return detail ? `${what}. ${next} (${detail})` : `${what}. ${next}`;
}

/** What to change in a typed base URL, as a sentence. */
export function baseURLProblemInWords(reason: InsecureBaseURL): string {
  return baseURLProblems[reason];
}

const baseURLProblems: Readonly<Record<InsecureBaseURL, string>> = {
  invalid: 'Enter a valid URL, such as https://api.openai.com/v1.',
  credentials: 'Remove the user name or password from the URL.',
  notHTTPS: 'Use https. Only localhost can use http.',
  query: 'Remove the query, which starts at “?”.',
  fragment: 'Remove the fragment, which starts at “#”.',
  otherOrigin: 'The saved key is for a different host.',
};

type Explain<K extends FailureKind> = (
  facts: FailureFacts & { readonly kind: K },
  key: KeyKind,
) => Explanation;

/** Every kind of failure. A new kind does not compile until it has words. */
const explanations: { readonly [K in FailureKind]: Explain<K> } = {
  canceled: () => ({
    what: 'Canceled before it finished',
    next: 'Refresh to try again.',
    offer: 'retry',
  }),
  notListedYet: ({ action }) => ({
    what:
      action === 'grant'
        ? "The API accepted it, but the list doesn't show it yet"
        : 'The API accepted it, but the list still shows it',
    next: 'Lists may lag behind changes. Check again in a minute.',
  }),
  notDeleted: () => ({
    what: "The API reported that it didn't delete the permission",
    next: 'Refresh to check again. If the permission is still there, try again.',
    offer: 'retry',
  }),
  takenOver: () => ({
    what: 'Another window continued this change or removed its record',
    next: 'Nothing more was sent from this window. Use Resume Interrupted Changes… or Show History to see the result.',
  }),
  journal: ({ folder, reason }) => ({
    what: "The change history on this computer can't be accessed",
    next: `Check the free disk space and that you can write to ${folder}, then try again. No change is sent without it.`,
    detail: reason,
    offer: 'retry',
  }),
  connection: ({ of, host, code, reason }) => ({
    ...connectionFailures[of],
    detail: metadata(host, code, reason),
    offer: 'retry',
  }),
  notFromTheAPI: ({ error }) => ({
    what: "The response isn't from the OpenAI API, or is damaged",
    next: 'Check the Base URL setting and your network. A proxy, gateway, or sign-in page may have responded instead.',
    detail: responseInWords(error),
    offer: 'settings',
  }),
  incompleteList: ({ reason }) => ({
    what: 'The list is incomplete',
    next: 'Refresh to load it again.',
    detail: incompleteInWords(reason),
    offer: 'retry',
  }),
  missingScopes: ({ scopes, error }, key) => {
    const [scope] = scopes;
    const what =
      scopes.length === 1 ? `The key lacks the ${scope} scope` : `The key lacks the scopes ${listOf(scopes)}`;
    const detail = responseInWords(error);
    return key === 'admin API key'
      ? {
          what,
          next:
            scopes.length === 1
              ? 'Use an admin API key that has it, or ask an organization owner to add it.'
              : 'Use an admin API key that has them, or ask an organization owner to add them.',
          detail,
          offer: 'setAdminKey',
        }
      : {
          what,
          next:
            scopes.length === 1
              ? 'Use Add Project API Key… to set a key of this project that has it.'
              : 'Use Add Project API Key… to set a key of this project that has them.',
          detail,
        };
  },
  owningProject: ({ project, error }) => ({
    what: ownsThisModel(project),
    next: "It always has access, and that can't be changed. Change the access of the other projects only.",
    detail: responseInWords(error),
  }),
  rateLimit: ({ error }) => ({
    what: 'The rate limit of the API is reached',
    next:
      (error.retryAfter ?? 0) > 60_000
        ? `The API asks to wait ${lasting(error.retryAfter ?? 0)}. Try again after that.`
        : 'Wait about a minute, then try again.',
    detail: responseInWords(error),
    offer: 'retry',
  }),
  serverError: ({ status, error }) => ({
    what: `The API failed (${status})`,
    next: 'The problem is on the server. Wait a few minutes, then try again.',
    detail: responseInWords(error),
    offer: 'retry',
  }),
  badRequest: ({ error }) => ({
    what: 'The API rejected the request',
    next: 'Check the IDs that you entered against what the API reported.',
    detail: responseInWords(error),
  }),
  unauthorized: ({ error }, key) =>
    key === 'admin API key'
      ? {
          what: 'The API rejected the admin API key',
          next: 'Use Set Admin API Key… to set a valid key for this organization.',
          detail: responseInWords(error),
          offer: 'setAdminKey',
        }
      : {
          what: 'The API rejected the project API key',
          next: 'Use Add Project API Key… to set a valid key for this project.',
          detail: responseInWords(error),
        },
  forbidden: ({ error }, key) =>
    key === 'admin API key'
      ? {
          what: "The key isn't allowed to do this",
          next: 'Ask an organization owner, or use Set Admin API Key… with a key of the organization that owns the model.',
          detail: responseInWords(error),
          offer: 'setAdminKey',
        }
      : {
          what: "The project's key isn't allowed to do this",
          next: 'Ask an owner of the project, or use Add Project API Key… with a key that is.',
          detail: responseInWords(error),
        },
  notFound: ({ error }, key) =>
    key === 'admin API key'
      ? {
          what: "The checkpoint or permission wasn't found",
          next: 'Check the ID, and that the key belongs to the organization that owns the model.',
          detail: responseInWords(error),
        }
      : {
          what: "The project's jobs or models weren't found",
          next: 'Check that the key belongs to this project, and the Base URL setting if you use a gateway.',
          detail: responseInWords(error),
        },
  conflict: ({ error }) => ({
    what: 'Someone else changed this at the same time',
    next: 'Refresh, then try again.',
    detail: responseInWords(error),
    offer: 'retry',
  }),
  otherRefusal: ({ status, error }) => ({
    what: `The API rejected the request (${status})`,
    next: 'Use Show Log for details.',
    detail: responseInWords(error),
  }),
  insecureBaseURL: ({ reason, origin, keyOrigin }, key) => {
    if (reason !== 'otherOrigin')
      return { ...insecureBaseURLs[reason], ...(origin && { detail: origin }), offer: 'settings' };
    const detail = keyOrigin && origin ? `saved for ${keyOrigin}, base URL ${origin}` : origin;
    return { ...keyForOtherHost[key], ...(detail && { detail }) };
  },
  notSent: ({ reason, code }, key) => ({
    ...(reason === 'invalidKey' ? invalidKey[key] : notSent[reason]),
    ...(code && { detail: code }),
  }),
  projectKeyMissing: () => ({
    what: "The project API key isn't saved anymore",
    next: 'Use Add Project API Key… to add it again.',
  }),
  unknown: ({ reason }) => ({
    what: 'Something went wrong in the extension',
    next: 'Try again. If it keeps happening, use Show Log for details.',
    detail: reason,
    offer: 'retry',
  }),
};

function explanationOf(facts: FailureFacts, key: KeyKind): Explanation {
  return (explanations[facts.kind] as (facts: FailureFacts, key: KeyKind) => Explanation)(facts, key);
}

/**
 * A failure of a sample organization, which has neither a key nor a server: no advice may be about one. Kinds that have
 * no entry have words that name neither.
 */
function explanationOfSample(facts: FailureFacts): Explanation {
  const own = explanationsOfSample[facts.kind] as ((facts: FailureFacts) => Explanation) | undefined;
  return own ? own(facts) : explanationOf(facts, 'admin API key');
}

const useAnother = 'Use another checkpoint or project of the sample.';

const refusedBySample = (): Explanation => ({
  what: 'The sample organization refused the request',
  next: useAnother,
});

const sampleBroken = (): Explanation => ({
  what: "The sample organization couldn't respond",
  next: 'Use Close Sample Organization, then open it again.',
});

const explanationsOfSample: {
  readonly [K in FailureKind]?: (facts: FailureFacts & { readonly kind: K }) => Explanation;
} = {
  missingScopes: ({ scopes }) => ({
    what: 'The sample organization refused this on purpose',
    next: `It shows what a missing scope does. ${useAnother}`,
    detail: listOf(scopes),
  }),
  unauthorized: refusedBySample,
  forbidden: refusedBySample,
  conflict: refusedBySample,
  otherRefusal: refusedBySample,
  rateLimit: refusedBySample,
  notFound: () => ({
    what: "The sample organization doesn't have this",
    next: 'Use its own checkpoints. Remove the others with Remove from List.',
  }),
  serverError: sampleBroken,
  connection: sampleBroken,
  notFromTheAPI: sampleBroken,
};

type Sentences = Pick<Explanation, 'what' | 'next'>;

const connectionFailures: Readonly<Record<ConnectionFailure, Sentences>> = {
  refused: {
    what: 'The server refused the connection',
    next: 'Check the host and port in the Base URL setting, and that the server is running.',
  },
  dns: {
    what: "The server's host name wasn't found",
    next: 'Check your network connection and the host name in the Base URL setting.',
  },
  notLoopback: {
    what: 'localhost leads to another computer',
    next: 'Use http://127.0.0.1 in the Base URL setting, or correct localhost in the hosts file. Nothing was sent.',
  },
  unreachable: {
    what: "The server can't be reached",
    next: 'Check your network connection or VPN.',
  },
  timeout: {
    what: 'The server took too long to respond',
    next: 'Try again. If the server is slow, increase the Request Timeout setting.',
  },
  reset: {
    what: 'The connection to the server was lost',
    next: 'Check your network connection, then try again.',
  },
  certificate: {
    what: "The server's certificate isn't trusted",
    next: "Check the Http: System Certificates setting, or add your network's certificate authority to the system.",
  },
  tls: {
    what: 'A secure connection to the server failed',
    next: 'Check that the Base URL setting names an https server, and the Http: Proxy setting if you use a proxy.',
  },
  proxy: {
    what: "The proxy can't be reached or refused the connection",
    next: 'Check the Http: Proxy setting.',
  },
  proxyAuth: {
    what: 'The proxy requires a user name and password',
    next: 'Add them to the Http: Proxy setting, as http://user:password@host:port.',
  },
  protocol: {
    what: "The server's response isn't HTTP",
    next: 'Check the host and port in the Base URL setting.',
  },
  other: {
    what: 'The connection to the server failed',
    next: 'Check your network connection, then try again.',
  },
};

const insecureBaseURLs: Readonly<Record<Exclude<InsecureBaseURL, 'otherOrigin'>, Sentences>> = {
  invalid: {
    what: "The base URL isn't a valid URL",
    next: 'Correct the Base URL setting. It looks like https://api.openai.com/v1.',
  },
  credentials: {
    what: 'The base URL contains a user name or password',
    next: 'Remove them from the Base URL setting.',
  },
  notHTTPS: {
    what: 'The base URL must use https',
    next: 'Change the Base URL setting to https. Keys are never sent over http, except to localhost.',
  },
  query: {
    what: 'The base URL contains a query',
    next: 'Remove everything from “?” on in the Base URL setting.',
  },
  fragment: {
    what: 'The base URL contains a fragment',
    next: 'Remove everything from “#” on in the Base URL setting.',
  },
};

const keyForOtherHost: Readonly<Record<KeyKind, Explanation>> = {
  'admin API key': {
    what: "The saved key is for a different host, so it wasn't sent",
    next: 'Use Set Admin API Key… to set a key for this host.',
    offer: 'setAdminKey',
  },
  'project API key': {
    what: "The saved key is for a different host, so it wasn't sent",
    next: 'Use Add Project API Key… to set a key for this host.',
  },
};

const invalidKey: Readonly<Record<KeyKind, Explanation>> = {
  'admin API key': {
    what: "The saved admin API key isn't a valid key",
    next: 'Use Set Admin API Key… to set it again.',
    offer: 'setAdminKey',
  },
  'project API key': {
    what: "The saved project API key isn't a valid key",
    next: 'Use Add Project API Key… to set it again.',
  },
};

const notSent: Readonly<Record<Exclude<NotSentReason, 'invalidKey'>, Explanation>> = {
  invalidID: {
    what: "An ID can't be used in a request, so nothing was sent",
    next: 'Check the ID, then try again.',
  },
  clientClosed: {
    what: 'The organization was closed before the request was sent',
    next: 'Start again from the Checkpoints view.',
  },
  transportMissing: {
    what: "Part of the extension couldn't be loaded",
    next: 'Install the extension again in the Extensions view.',
  },
};

const keyringProblems: Readonly<Record<Exclude<KeyringProblem, 'damaged'>, string>> = {
  read: "VS Code's secret storage couldn't read the key",
  save: "VS Code's secret storage couldn't save the key",
  remove: "VS Code's secret storage couldn't remove the key",
  notKept: "VS Code's secret storage didn't keep the key",
};

const damagedKey: Readonly<Record<KeyKind, Explanation>> = {
  'admin API key': {
    what: "The saved admin API key can't be read",
    next: 'Use Set Admin API Key… to set it again.',
    offer: 'setAdminKey',
  },
  'project API key': {
    what: "The saved project API key can't be read",
    next: 'Use Add Project API Key… to set it again.',
  },
};

function keyringInWords({ problem, key, reason }: KeyringError): Explanation {
  if (problem === 'damaged') return damagedKey[key];
  return {
    what: keyringProblems[problem],
    next: "Unlock or install your system's keyring, then refresh or try again. The README says how.",
    ...(reason && { detail: reason }),
  };
}

const projectsRefusals: Readonly<Partial<Record<FailureKind, Explanation>>> = {
  badRequest: {
    what: 'The API rejected the request to list projects',
    next: 'Use Show Log for details.',
  },
  forbidden: {
    what: "The key isn't allowed to list projects",
    next: 'Ask an organization owner, or use Set Admin API Key… with a key that may list projects.',
    offer: 'setAdminKey',
  },
  notFound: {
    what: 'The API has no list of projects',
    next: 'Check the Base URL setting. A gateway may leave this list out.',
    offer: 'settings',
  },
};

/** An unusable response, as metadata: its status, and facts about its body. */
function responseInWords(error: APIError): string {
  const { status, serverMessage } = error;
  const body = error instanceof UnexpectedResponseError ? unexpectedInWords(error) : pageInWords(error);
  return metadata(status === undefined ? '' : String(status), body ?? serverMessage);
}

function pageInWords({ pageTitle }: APIError): string | undefined {
  if (pageTitle === undefined) return undefined;
  return pageTitle === '' ? 'Web page without a title' : `Web page “${pageTitle}”`;
}

const unexpectedResponses: Readonly<Record<UnexpectedResponse, (error: UnexpectedResponseError) => string>> =
  {
    redirect: ({ redirectedTo }) =>
      redirectedTo === undefined
        ? "Redirect, which wasn't followed"
        : `Redirect to ${redirectedTo}, which wasn't followed`,
    html: (error) => pageInWords(error) ?? 'Web page',
    'content-type': ({ contentType }) =>
      contentType === undefined ? 'Not JSON' : `Content type “${contentType}” instead of JSON`,
    empty: () => 'Empty response',
    json: () => 'Incomplete or malformed JSON',
    shape: ({ mismatch }) => (mismatch ? mismatchInWords(mismatch) : 'JSON of another shape'),
    'too-large': () => 'Response too large',
  };

function unexpectedInWords(error: UnexpectedResponseError): string {
  return unexpectedResponses[error.reason](error);
}

function mismatchInWords({ field, found }: FieldMismatch): string {
  if (field === '') return 'JSON of another shape';
  return found === 'undefined' ? `Field ${field} is missing` : `Field ${field} has an unexpected value`;
}
