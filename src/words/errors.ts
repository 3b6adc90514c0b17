import { NoLongerShownError } from '../access/loading/snapshot';
import { NotDeletedError } from '../access/plan/answer';
import { NotTakenOverError } from '../access/plan/outcome';
import { JournalError, NotOursError } from '../access/plan/recorder';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  IncompleteListError,
  RateLimitError,
  UnexpectedAnswerError,
} from '../openai';

/** A failure in words: what happened, what the server said if it spoke, and what to do next. Plain text, redacted. */
export interface Explanation {
  /** A short sentence without a full stop at its end, fit for a row. */
  readonly what: string;
  /** What to do next, as a sentence. */
  readonly next: string;
  /** The server's or the network's own words, where they add something. */
  readonly detail?: string;
  /** What the interface can offer as a button. */
  readonly offer?: 'setAdminKey' | 'settings' | 'retry';
}

/** Which key a request was made with. */
export type KeyKind = 'admin API key' | 'project API key';

/**
 * Puts any error that the client or the domain throws into words; each kind has its own
 * (docs/api.md#what-trips-people-up, docs/api.md#errors).
 */
export function explain(error: unknown, key: KeyKind = 'admin API key'): Explanation {
  const explained = explanationOf(error);
  return key === 'admin API key' ? explained : ofProjectKey(explained);
}

/** The same words for a project API key, which another command sets. */
function ofProjectKey({ offer, ...explained }: Explanation): Explanation {
  const named = (text: string): string => text.replaceAll('admin API key', 'project API key');
  return {
    ...explained,
    what: named(explained.what),
    next:
      offer === 'setAdminKey'
        ? 'Set the project API key again with Add Project Key….'
        : named(explained.next),
    ...(offer && offer !== 'setAdminKey' && { offer }),
  };
}

function explanationOf(error: unknown): Explanation {
  if (error instanceof APIUserAbortError || error instanceof NoLongerShownError) {
    return { what: 'Cancelled before it was done', next: 'Refresh to read it.', offer: 'retry' };
  }
  if (error instanceof NotTakenOverError || error instanceof NotDeletedError) {
    return { what: error.message, next: 'Refresh and look again; if it stays, try again.', offer: 'retry' };
  }
  if (error instanceof NotOursError) {
    return {
      what: 'Another window has gone on with this change, or its record was removed',
      next: 'Nothing more was sent from here. Look at Show Interrupted Changes… and at the History for what became of it.',
    };
  }
  if (error instanceof JournalError) {
    return {
      what: 'The journal of changes cannot be written',
      next: `Nothing is changed without it. See that there is room on the disk and that ${error.folder} can be written, then try again.`,
      detail: error.message,
      offer: 'retry',
    };
  }
  if (error instanceof APIConnectionTimeoutError) {
    return {
      what: 'The server did not answer in time',
      next: 'Try again; if it is slow rather than away, raise the setting Request Timeout.',
      offer: 'retry',
    };
  }
  if (error instanceof APIConnectionError) return explainConnection(error);
  if (error instanceof UnexpectedAnswerError || isNotFromTheAPI(error)) {
    return {
      what: 'The answer did not come from the OpenAI API, or is damaged',
      next: 'A proxy, gateway or sign-in page may stand in between: check the setting Base URL and your network.',
      detail: (error as APIError).message,
      offer: 'settings',
    };
  }
  if (error instanceof IncompleteListError) {
    return {
      what: 'The list is incomplete',
      next: 'Refresh to read it again.',
      detail: error.message,
      offer: 'retry',
    };
  }
  if (error instanceof APIError) return explainStatus(error);
  return {
    what: 'Something went wrong in the extension',
    next: 'Try again; if it stays, please report it with what the log says.',
    detail: error instanceof Error ? error.message : String(error),
    offer: 'retry',
  };
}

/** A refusal without the API's own error in it: a page of a proxy says nothing about keys or checkpoints. */
export function isNotFromTheAPI(error: unknown): boolean {
  if (!(error instanceof APIError) || error.status === undefined || error.error !== undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** The explanation as one paragraph, for messages. */
export function explanationInWords({ what, detail, next }: Explanation): string {
  const said = detail ? ` (${detail.replace(/[.\s]+$/, '')})` : '';
  return `${what}${said}. ${next}`;
}

const connectionFaults: Readonly<Record<string, Pick<Explanation, 'what' | 'next'>>> = {
  refused: {
    what: 'The server cannot be reached: it refused the connection',
    next: 'Check that the setting Base URL names the right host and port, and that the server is running.',
  },
  dns: {
    what: 'The server cannot be reached: its name was not found',
    next: 'Check your network connection and the host name in the setting Base URL.',
  },
  certificate: {
    what: "The server's certificate is not trusted",
    next: 'Check the setting Http: System Certificates, or add the certificate authority of your network to the system.',
  },
  proxy: {
    what: 'The proxy cannot be reached or refused the connection',
    next: 'Check the setting Http: Proxy.',
  },
  unreachable: {
    what: 'The server cannot be reached: there is no way to it',
    next: 'Check your network connection or VPN.',
  },
  tls: {
    what: 'A secure connection to the server could not be made',
    next: 'Check that the setting Base URL names an https server, and the setting Http: Proxy if you use one.',
  },
  protocol: {
    what: 'What answers there does not speak HTTP',
    next: 'Check the host and port in the setting Base URL.',
  },
  proxyAuth: {
    what: 'The proxy asks for a user name and password',
    next: 'Put them in the setting Http: Proxy, as http://user:password@host:port.',
  },
};

function explainConnection(error: APIConnectionError): Explanation {
  const fault = connectionFaults[error.kind] ?? {
    what: 'The connection to the server was lost',
    next: 'Check your network connection, then try again.',
  };
  return { ...fault, detail: error.message, offer: 'retry' };
}

function explainStatus(error: APIError): Explanation {
  const detail = error.message;
  if (error.missingScopes.length > 0) {
    return {
      what: `The admin API key is missing the scope ${error.missingScopes.join(', ')}`,
      next: 'The key itself is right. Use one with this scope, or ask an organization owner to do it.',
      detail,
      offer: 'setAdminKey',
    };
  }
  if (error.owningProject) {
    return {
      what: `${error.owningProject} owns this model, so its access cannot be changed`,
      next: 'It can always use it. Leave the owning project out and grant to the others.',
      detail,
    };
  }
  if (error instanceof RateLimitError) {
    return {
      what: 'The rate limit of the API is reached',
      next: 'Wait about a minute, then try again.',
      detail,
      offer: 'retry',
    };
  }
  if (error.status !== undefined && error.status >= 500) {
    return {
      what: `The server failed (${error.status})`,
      next: 'This is on its side. Try again in a while.',
      detail,
      offer: 'retry',
    };
  }
  return { ...(refusals[error.status ?? 0] ?? otherRefusal(error)), detail };
}

const refusals: Readonly<Record<number, Explanation>> = {
  400: {
    what: 'The server refused the request',
    next: 'Check the ids that you entered against what it says.',
  },
  401: {
    what: 'The server did not accept the admin API key',
    next: 'Set an admin API key of this organization that is valid.',
    offer: 'setAdminKey',
  },
  403: {
    what: 'The key is not allowed to do this',
    next: 'Ask an organization owner, or set an admin API key of the organization that owns the model.',
    offer: 'setAdminKey',
  },
  404: {
    what: 'The server knows no such checkpoint or permission in this organization',
    next: 'Check the id and that the key belongs to the organization that owns the model.',
  },
  409: {
    what: 'Someone else changed this at the same time',
    next: 'Refresh, then try again.',
    offer: 'retry',
  },
};

function otherRefusal(error: APIError): Explanation {
  return {
    what: `The server refused the request (${error.status ?? 'no status'})`,
    next: 'See the log for what it said.',
  };
}

/** A failure to list the organization's projects in words: refusals are about that list, not about a checkpoint. */
export function explainProjects(error: unknown): Explanation {
  const explained = explain(error);
  if (!(error instanceof APIError) || error instanceof UnexpectedAnswerError) return explained;
  if (isNotFromTheAPI(error) || error.missingScopes.length > 0) return explained;
  const own = projectsRefusals[error.status ?? 0];
  return own ? { ...own, ...(explained.detail && { detail: explained.detail }) } : explained;
}

const projectsRefusals: Readonly<Record<number, Explanation>> = {
  400: {
    what: 'The server refused to list the projects',
    next: 'See the log for what it said.',
  },
  403: {
    what: 'The key is not allowed to list the projects',
    next: 'Ask an organization owner, or set an admin API key that may.',
    offer: 'setAdminKey',
  },
  404: {
    what: 'The server has no list of projects',
    next: 'A gateway may leave it out: check the setting Base URL.',
    offer: 'settings',
  },
};
