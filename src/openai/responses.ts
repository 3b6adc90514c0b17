import type { RawResponse } from './apiCall';
import { jsonOf, unexpectedResponse } from './responseErrors';
import * as check from './validators';
import type {
  AdminAPIKey,
  AdminAPIKeyOwner,
  AuditLog,
  AuditLogActor,
  AuditLogUser,
  FineTuningJob,
  FineTuningJobCheckpoint,
  FineTuningJobError,
  FineTuningJobMetrics,
  Model,
  Permission,
  PermissionDeleted,
  Project,
  ProjectAPIKey,
  ProjectAPIKeyOwner,
  ProjectModelPermissions,
  UsageCompletions,
  UsageCompletionsBucket,
  UsageCompletionsResult,
} from './wire';

/** The fields that every list of this API has. */
export interface ListBody<Item> {
  object: 'list';
  data: Item[];
  has_more: boolean;
  first_id?: string | null;
  last_id?: string | null;
}

function list<Item>(item: check.ResponseValidator<Item>): check.ResponseValidator<ListBody<Item>> {
  return check.fields<ListBody<Item>>({
    object: check.exactly('list'),
    data: check.listOf(item),
    has_more: check.flag,
    first_id: check.ifFits(check.optionalOrNull(check.text)),
    last_id: check.optionalOrNull(check.text),
  });
}

// Checks are strict where a field decides what is shown or sent. The others give way to a default, as a gateway that
// leaves one out must not hide a whole page.

/** A time that decides nothing: 0 if it is unknown, as servers send it themselves. */
const secondsOrNone = check.fitsOrElse(check.seconds, 0);
const textOrNone = check.fitsOrElse(check.text, '');
const textOrNull = check.ifFits(check.optionalOrNull(check.text));
const textIfFits = check.ifFits(check.unlessNull(check.text));

export const permissions = list(
  check.fields<Permission>({
    id: check.id,
    object: check.exactly('checkpoint.permission'),
    created_at: check.seconds,
    project_id: check.id,
  }),
);

export const permissionDeleted = check.fields<PermissionDeleted>({
  id: check.id,
  object: check.exactly('checkpoint.permission'),
  deleted: check.flag,
});

export const adminAPIKeys = list(
  check.fields<AdminAPIKey>({
    id: check.id,
    object: check.exactly('organization.admin_api_key'),
    name: textOrNull,
    redacted_value: textOrNone,
    created_at: secondsOrNone,
    expires_at: check.fitsOrElse(check.secondsIfAny, null),
    last_used_at: check.ifFits(check.secondsIfAny),
    owner: check.fitsOrElse(
      check.fields<AdminAPIKeyOwner>({
        id: textIfFits,
        object: textIfFits,
        type: textIfFits,
        name: textIfFits,
        role: textIfFits,
        created_at: check.ifFits(check.unlessNull(check.seconds)),
      }),
      {},
    ),
  }),
);

export const project = check.fields<Project>({
  id: check.id,
  object: check.exactly('organization.project'),
  name: textOrNull,
  status: check.optionalOrNull(check.text),
  created_at: secondsOrNone,
  archived_at: check.ifFits(check.secondsIfAny),
  external_key_id: textOrNull,
});

export const projects = list(project);

/** All fields are strict, because each of them decides which models a project may use. */
export const projectModelPermissions = check.fields<ProjectModelPermissions>({
  object: check.exactly('project.model_permissions'),
  mode: check.oneOf(['allow_list', 'deny_list']),
  model_ids: check.listOf(check.text),
});

const textIfAny = check.unlessNull(check.text);

/** Expiry and the access of the owner decide whether a key is live, so they are strict. */
export const projectAPIKeys = list(
  check.fields<ProjectAPIKey>({
    id: check.id,
    object: check.exactly('organization.project.api_key'),
    name: textOrNone,
    redacted_value: textOrNone,
    created_at: secondsOrNone,
    last_used_at: check.fitsOrElse(check.secondsIfAny, null),
    expires_at: check.secondsIfAny,
    owner: check.fitsOrElse(
      check.fields<ProjectAPIKeyOwner>({
        type: textIfFits,
        user: check.ifFits(
          check.unlessNull(
            check.fields({
              id: textIfFits,
              name: textIfFits,
              email: textIfFits,
              role: textIfFits,
              created_at: check.ifFits(check.unlessNull(check.seconds)),
            }),
          ),
        ),
        service_account: check.ifFits(
          check.unlessNull(
            check.fields({
              id: textIfFits,
              name: textIfFits,
              role: textIfFits,
              created_at: check.ifFits(check.unlessNull(check.seconds)),
            }),
          ),
        ),
      }),
      {},
    ),
    owner_project_access: textIfAny,
  }),
);

const user = check.unlessNull(check.fields<AuditLogUser>({ id: textIfAny, email: textIfAny }));

/** Event fields are strict, the actor is lenient: one odd actor must not hide a whole page. */
export const auditLogs = list(
  check.fields<AuditLog>({
    id: check.id,
    type: check.text,
    effective_at: check.seconds,
    actor: check.ifFits(
      check.optionalOrNull(
        check.fields<AuditLogActor>({
          type: textIfAny,
          session: check.unlessNull(check.fields({ user, ip_address: textIfAny })),
          api_key: check.unlessNull(
            check.fields({
              id: textIfAny,
              type: textIfAny,
              user,
              service_account: check.unlessNull(check.fields({ id: textIfAny })),
            }),
          ),
        }),
      ),
    ),
    project: check.ifFits(check.unlessNull(check.fields({ id: textIfAny, name: textIfAny }))),
    'checkpoint.permission.created': check.unlessNull(
      check.fields({
        id: textIfAny,
        data: check.unlessNull(
          check.fields({ project_id: textIfAny, fine_tuned_model_checkpoint: textIfAny }),
        ),
      }),
    ),
    'checkpoint.permission.deleted': check.unlessNull(check.fields({ id: textIfAny })),
  }),
);

const usageOfCompletions = 'organization.usage.completions.result';

const usageResult = check.fields<UsageCompletionsResult>({
  object: check.exactly(usageOfCompletions),
  input_tokens: check.ifFits(check.amount),
  output_tokens: check.ifFits(check.amount),
  num_model_requests: check.amount,
  model: check.optionalOrNull(check.text),
  project_id: check.optionalOrNull(check.text),
  user_id: textOrNull,
  api_key_id: textOrNull,
  batch: check.ifFits(check.optionalOrNull(check.flag)),
  service_tier: textOrNull,
});

/** A result of another kind, which the API description allows in any bucket. */
function isOtherUsage(result: unknown): boolean {
  const kind = (result as { object?: unknown } | null)?.object;
  return typeof kind === 'string' && kind !== usageOfCompletions;
}

type BucketOfAnyKind = Omit<UsageCompletionsBucket, 'results' | 'otherResults'> & {
  results: (UsageCompletionsResult | undefined)[];
};

const usageBucketOfAnyKind = check.fields<BucketOfAnyKind>({
  object: check.exactly('bucket'),
  start_time: check.seconds,
  end_time: check.seconds,
  results: check.listOf((result) => (isOtherUsage(result) ? undefined : usageResult(result))),
});

/** Results of other kinds are skipped and counted. */
const usageBucket: check.ResponseValidator<UsageCompletionsBucket> = (value) => {
  const bucket = usageBucketOfAnyKind(value);
  const results = bucket.results.filter((result) => result !== undefined);
  const otherResults = bucket.results.length - results.length;
  return { ...bucket, results, ...(otherResults > 0 && { otherResults }) };
};

export const usageCompletions = check.fields<UsageCompletions>({
  object: check.exactly('page'),
  data: check.listOf(usageBucket),
  has_more: check.flag,
  next_page: check.orElse(check.optionalOrNull(check.text), null),
});

export const fineTuningJobs = list(
  check.fields<FineTuningJob>({
    id: check.id,
    object: check.exactly('fine_tuning.job'),
    created_at: secondsOrNone,
    finished_at: check.fitsOrElse(check.secondsIfAny, null),
    model: textOrNone,
    fine_tuned_model: check.orElse(check.optionalOrNull(check.text), null),
    status: textOrNone,
    trained_tokens: check.ifFits(check.optionalOrNull(check.amount)),
    error: check.ifFits(
      check.optionalOrNull(
        check.fields<FineTuningJobError>({
          code: check.unlessNull(check.text),
          message: check.unlessNull(check.text),
          param: check.optionalOrNull(check.text),
        }),
      ),
    ),
  }),
);

const metric = check.ifFits(check.amount);

export const fineTuningJobCheckpoints = list(
  check.fields<FineTuningJobCheckpoint>({
    id: check.id,
    object: check.exactly('fine_tuning.job.checkpoint'),
    created_at: secondsOrNone,
    fine_tuned_model_checkpoint: check.id,
    fine_tuning_job_id: textOrNone,
    step_number: check.fitsOrElse(check.amount, 0),
    metrics: check.fitsOrElse(
      check.fields<FineTuningJobMetrics>({
        step: metric,
        train_loss: metric,
        train_mean_token_accuracy: metric,
        valid_loss: metric,
        valid_mean_token_accuracy: metric,
        full_valid_loss: metric,
        full_valid_mean_token_accuracy: metric,
      }),
      {},
    ),
  }),
);

/** This list has no pages, so `has_more` may be missing. */
export const models = check.fields<ListBody<Model>>({
  object: check.exactly('list'),
  data: check.listOf(
    check.fields<Model>({
      id: check.id,
      object: check.exactly('model'),
      created: secondsOrNone,
      owned_by: textOrNone,
      shutdown_date: check.ifFits(check.optionalOrNull(check.text)),
    }),
  ),
  has_more: check.orElse(check.flag, false),
  first_id: textOrNull,
  last_id: textOrNull,
});

/**
 * Parses the body of a successful response.
 *
 * @throws UnexpectedResponseError, `uncertain` if the call was a change, because the change may have been made.
 */
export function parseAs<T>(wire: check.ResponseValidator<T>, raw: RawResponse): T {
  const { response, secrets } = raw;
  try {
    const body = jsonOf(response, secrets);
    try {
      return wire(body);
    } catch (error) {
      if (!(error instanceof check.Mismatch)) throw error;
      throw unexpectedResponse('shape', { mismatch: error.facts }, response, secrets);
    }
  } catch (error) {
    if (raw.call.method !== 'GET') Object.assign(error as object, { uncertain: true });
    throw error;
  }
}
