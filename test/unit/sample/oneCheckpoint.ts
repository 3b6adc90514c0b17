import { createSampleOrganization } from '../../../src/sample';

export const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:tests:AAAAAAAA';
export const permissions = `/fine_tuning/checkpoints/${model}/permissions`;

/** An organization with one checkpoint, shared with a number of projects, and a project without access. */
export function organizationWith(count: number) {
  const organization = createSampleOrganization({ fill: () => undefined });
  const checkpoint = organization.addCheckpoint(model, { permissions: count });
  return { organization, checkpoint, stranger: organization.state.addProject('Stranger').id };
}
