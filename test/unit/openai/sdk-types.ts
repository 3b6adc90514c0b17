/**
 * Compiles only if our wire types and the official SDK's are assignable to each other, both ways. Nothing runs here.
 */

import type OpenAI from 'openai';
import type { AdminAPIKeys as SDKAdminAPIKeys } from 'openai/resources/admin/organization/admin-api-keys';
import type { Projects as SDKProjects } from 'openai/resources/admin/organization/projects/projects';
import type { Permissions as SDKPermissions } from 'openai/resources/fine-tuning/checkpoints/permissions';
import type {
  AdminAPIKey,
  AdminAPIKeyListParams,
  OpenAIAdmin,
  PermissionCreateParams,
  PermissionCreateResponse,
  PermissionDeleteParams,
  PermissionDeleteResponse,
  PermissionListParams,
  PermissionListResponse,
  PermissionRetrieveParams,
  PermissionRetrieveResponse,
  Project,
  ProjectListParams,
} from '../../../src/openai';

type Same<Ours extends Theirs, Theirs extends Ours2, Ours2 = Ours> = [Ours, Theirs, Ours2];

export type WireTypesAreTheSDKs = [
  Same<PermissionListResponse, SDKPermissions.PermissionListResponse>,
  Same<PermissionCreateResponse, SDKPermissions.PermissionCreateResponse>,
  Same<PermissionRetrieveResponse, SDKPermissions.PermissionRetrieveResponse>,
  Same<PermissionDeleteResponse, SDKPermissions.PermissionDeleteResponse>,
  Same<PermissionListParams, SDKPermissions.PermissionListParams>,
  Same<PermissionRetrieveParams, SDKPermissions.PermissionRetrieveParams>,
  Same<PermissionCreateParams, SDKPermissions.PermissionCreateParams>,
  Same<PermissionDeleteParams, SDKPermissions.PermissionDeleteParams>,
  Same<AdminAPIKey, SDKAdminAPIKeys.AdminAPIKey>,
  Same<AdminAPIKeyListParams, SDKAdminAPIKeys.AdminAPIKeyListParams>,
  Same<Project, SDKProjects.Project>,
  Same<ProjectListParams, SDKProjects.ProjectListParams>,
];

/** What a method takes, less the options, which are each client's own. */
type Arguments<Method extends (...args: never[]) => unknown> =
  Parameters<Method> extends [infer A, (infer B)?, ...unknown[]] ? [A, B] : never;

type OurPermissions = OpenAIAdmin['fineTuning']['checkpoints']['permissions'];
type TheirPermissions = OpenAI['fineTuning']['checkpoints']['permissions'];
type OurOrganization = OpenAIAdmin['admin']['organization'];
type TheirOrganization = OpenAI['admin']['organization'];

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
];
