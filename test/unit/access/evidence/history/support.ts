import type { AuditLog } from '../../../../../src/openai/index';

export const bot = 'ft:my-model-2025:org:support-bot:11111111';
export const day = 24 * 60 * 60;
/** Unix seconds. */
export const start = Date.UTC(2026, 2, 4, 12) / 1000;

export const ines = { type: 'session', session: { user: { id: 'user-1', email: 'ines@harbor.example' } } };

export function granted(
  permission: string,
  at: number,
  { project = 'proj_a', checkpoint = bot, actor = ines as AuditLog['actor'] | null } = {},
): AuditLog {
  return {
    id: `audit_log-created-${permission}`,
    type: 'checkpoint.permission.created',
    effective_at: at,
    actor: actor ?? null,
    'checkpoint.permission.created': {
      id: permission,
      data: { project_id: project, fine_tuned_model_checkpoint: checkpoint },
    },
  };
}

export function deleted(permission: string, at: number, actor: AuditLog['actor'] | null = ines): AuditLog {
  return {
    id: `audit_log-deleted-${permission}`,
    type: 'checkpoint.permission.deleted',
    effective_at: at,
    actor: actor ?? null,
    'checkpoint.permission.deleted': { id: permission },
  };
}
