import type { SampleAnswer, SampleOrganization, SampleRequest } from '../../src/sample';

const legacyPath = /^\/v1\/fine_tuning\/checkpoints\/(cp_[^/]+)\/permissions$/;
const currentPath = /^\/v1\/fine_tuning\/checkpoints\/[^/]+\/permissions\/[^/]+$/;

export function isLegacyDelete(request: Pick<SampleRequest, 'method' | 'path'>): boolean {
  return request.method === 'DELETE' && legacyPath.test(request.path);
}

/**
 * Responds as a gateway written from the spec of March 2025 (docs/api.md#the-legacy-delete-path): a permission is
 * deleted at `DELETE /fine_tuning/checkpoints/{permission_id}/permissions`, and only there.
 */
export function answerAsLegacyGateway(
  organization: SampleOrganization,
  request: SampleRequest,
): SampleAnswer {
  const id = request.method === 'DELETE' ? legacyPath.exec(request.path)?.[1] : undefined;
  if (id !== undefined) {
    const checkpoints = [...organization.state.checkpoints.values()];
    const checkpoint =
      checkpoints.find((candidate) => candidate.permissions.has(id))?.id ?? 'ft:none:none::none';
    const path = `/v1/fine_tuning/checkpoints/${checkpoint}/permissions/${id}`;
    return organization.answer({ ...request, path });
  }
  if (request.method === 'DELETE' && currentPath.test(request.path)) {
    return organization.answer({ ...request, path: `${request.path}/not-in-this-gateway` });
  }
  return organization.answer(request);
}
