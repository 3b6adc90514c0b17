/**
 * Compiles only if our wire types and the official SDK's are assignable to each other, both ways, or one way where ours
 * are a part of the SDK's on purpose. Nothing runs here.
 */

import type OpenAI from 'openai';
import type { AdminAPIKeys as SDKAdminAPIKeys } from 'openai/resources/admin/organization/admin-api-keys';
import type { AuditLogs as SDKAuditLogs } from 'openai/resources/admin/organization/audit-logs';
import type { APIKeys as SDKProjectAPIKeys } from 'openai/resources/admin/organization/projects/api-keys';
import type { ModelPermissions as SDKModelPermissions } from 'openai/resources/admin/organization/projects/model-permissions';
import type { Projects as SDKProjects } from 'openai/resources/admin/organization/projects/projects';
import type { Usage as SDKUsage } from 'openai/resources/admin/organization/usage';
import type { Permissions as SDKPermissions } from 'openai/resources/fine-tuning/checkpoints/permissions';
import type { Checkpoints as SDKJobCheckpoints } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { Jobs as SDKJobs } from 'openai/resources/fine-tuning/jobs/jobs';
import type { Model as SDKModel } from 'openai/resources/models';
import type {
  AdminAPIKey,
  AdminAPIKeyListParams,
  AuditLog,
  AuditLogListParams,
  FineTuningJob,
  FineTuningJobCheckpoint,
  JobCheckpointListParams,
  JobListParams,
  Model,
  OpenAIAdmin,
  OpenAIProject,
  Permission,
  PermissionCreateParams,
  PermissionDeleted,
  PermissionDeleteParams,
  PermissionList,
  PermissionListParams,
  PermissionRetrieveParams,
  Project,
  ProjectAPIKey,
  ProjectAPIKeyListParams,
  ProjectListParams,
  ProjectModelPermissions,
  UsageCompletions,
  UsageCompletionsBucket,
  UsageCompletionsParams,
  UsageCompletionsResult,
} from '../../../src/openai';

type Same<Ours extends Theirs, Theirs extends Ours2, Ours2 = Ours> = [Ours, Theirs, Ours2];

export type WireTypesAreTheSDKs = [
  Same<Permission, SDKPermissions.PermissionListResponse>,
  Same<Permission, SDKPermissions.PermissionCreateResponse>,
  Same<PermissionList, SDKPermissions.PermissionRetrieveResponse>,
  Same<PermissionDeleted, SDKPermissions.PermissionDeleteResponse>,
  Same<PermissionListParams, SDKPermissions.PermissionListParams>,
  Same<PermissionRetrieveParams, SDKPermissions.PermissionRetrieveParams>,
  Same<PermissionCreateParams, SDKPermissions.PermissionCreateParams>,
  Same<PermissionDeleteParams, SDKPermissions.PermissionDeleteParams>,
  Same<AdminAPIKey, SDKAdminAPIKeys.AdminAPIKey>,
  Same<AdminAPIKeyListParams, SDKAdminAPIKeys.AdminAPIKeyListParams>,
  Same<Project, SDKProjects.Project>,
  Same<ProjectListParams, SDKProjects.ProjectListParams>,
  Same<ProjectModelPermissions, SDKModelPermissions.ProjectModelPermissions>,
  Same<ProjectAPIKeyListParams, SDKProjectAPIKeys.APIKeyListParams>,
  Same<FineTuningJobCheckpoint, SDKJobCheckpoints.FineTuningJobCheckpoint>,
  Same<JobCheckpointListParams, SDKJobCheckpoints.CheckpointListParams>,
  Same<JobListParams, SDKJobs.JobListParams>,
  Same<Model, SDKModel>,
  Same<UsageCompletionsParams, SDKUsage.UsageCompletionsParams>,
];

type Part<Theirs extends Ours, Ours> = [Theirs, Ours];
type TheirBucket = SDKUsage.UsageCompletionsResponse['data'][number];
type TheirResult = Extract<TheirBucket['results'][number], Pick<UsageCompletionsResult, 'object'>>;

/** The SDK's type is assignable to ours, where the SDK has more fields or a closed set of words. */
export type WireTypesArePartOfTheSDKs = [
  Part<SDKAuditLogs.AuditLogListResponse, AuditLog>,
  Part<SDKAuditLogs.AuditLogListParams, AuditLogListParams>,
  Part<SDKProjectAPIKeys.ProjectAPIKey, ProjectAPIKey>,
  Part<SDKJobs.FineTuningJob, FineTuningJob>,
  Part<TheirResult, UsageCompletionsResult>,
  Part<Omit<TheirBucket, 'results'>, Omit<UsageCompletionsBucket, 'results'>>,
  Part<Omit<SDKUsage.UsageCompletionsResponse, 'data'>, Omit<UsageCompletions, 'data'>>,
];

/** Parameters of a method without its request options, which differ. */
type Arguments<Method extends (...args: never[]) => unknown> =
  Parameters<Method> extends [infer A, (infer B)?, ...unknown[]] ? [A, B] : never;

type OurPermissions = OpenAIAdmin['fineTuning']['checkpoints']['permissions'];
type TheirPermissions = OpenAI['fineTuning']['checkpoints']['permissions'];
type OurOrganization = OpenAIAdmin['admin']['organization'];
type TheirOrganization = OpenAI['admin']['organization'];
type OurJobs = OpenAIProject['fineTuning']['jobs'];
type TheirJobs = OpenAI['fineTuning']['jobs'];

export type MethodsTakeTheSDKsArguments = [
  Same<Arguments<OurPermissions['list']>, Arguments<TheirPermissions['list']>>,
  Same<Arguments<OurPermissions['retrieve']>, Arguments<TheirPermissions['retrieve']>>,
  Same<Arguments<OurPermissions['create']>, Arguments<TheirPermissions['create']>>,
  Same<Arguments<OurPermissions['delete']>, Arguments<TheirPermissions['delete']>>,
  Same<
    Parameters<OurOrganization['adminAPIKeys']['list']>[0],
    Parameters<TheirOrganization['adminAPIKeys']['list']>[0]
  >,
  Same<
    Parameters<OurOrganization['projects']['list']>[0],
    Parameters<TheirOrganization['projects']['list']>[0]
  >,
  Same<
    Arguments<OurOrganization['projects']['apiKeys']['list']>,
    Arguments<TheirOrganization['projects']['apiKeys']['list']>
  >,
  Same<
    Parameters<OurOrganization['projects']['retrieve']>[0],
    Parameters<TheirOrganization['projects']['retrieve']>[0]
  >,
  Same<
    Parameters<OurOrganization['projects']['modelPermissions']['retrieve']>[0],
    Parameters<TheirOrganization['projects']['modelPermissions']['retrieve']>[0]
  >,
  Part<
    Parameters<TheirOrganization['auditLogs']['list']>[0],
    Parameters<OurOrganization['auditLogs']['list']>[0]
  >,
  Same<
    Parameters<OurOrganization['usage']['completions']>[0],
    Parameters<TheirOrganization['usage']['completions']>[0]
  >,
  Same<Parameters<OurJobs['list']>[0], Parameters<TheirJobs['list']>[0]>,
  Same<Arguments<OurJobs['checkpoints']['list']>, Arguments<TheirJobs['checkpoints']['list']>>,
  // Request options differ; both clients take no other argument.
  Same<Parameters<OpenAIProject['models']['list']>['length'], Parameters<OpenAI['models']['list']>['length']>,
];
