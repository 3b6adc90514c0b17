import type { ModelPolicyObject } from '../state/organizationState';
import { errorResponse } from './errorResponse';
import type { SampleRequest } from './exchange';
import { readBody, textsIn } from './jsonBody';

const modes = ['allow_list', 'deny_list'] as const;

/**
 * Parses the body that replaces the model policy of a project: `{"mode": …, "model_ids": […]}`. That a list may be empty, and
 * that a repeated model counts once, is inferred.
 *
 * @throws ErrorResponse 400 for anything else.
 */
export function modelPolicy(request: SampleRequest): ModelPolicyObject {
  const body = readBody(request, ['mode', 'model_ids']);
  const mode = modes.find((each) => each === body.mode);
  if (!mode) {
    const words = modes.map((each) => `'${each}'`).join(' and ');
    const message = `Invalid value: '${String(body.mode)}'. Supported values are: ${words}.`;
    throw errorResponse(400, message, 'mode', 'invalid_value');
  }
  const model_ids = [...new Set(textsIn(body.model_ids, 'model_ids'))];
  return { object: 'project.model_permissions', mode, model_ids };
}
