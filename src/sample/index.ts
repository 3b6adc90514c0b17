import { fillHarborLabs } from './data/harborLabs';
import { fillJuniperClinics } from './data/juniperClinics';
import { SampleOrganization, type SampleOrganizationOptions } from './organization';

export type { SampleAnswer, SampleRequest } from './answers/exchange';
export type { SampleOrganization, SampleOrganizationOptions, SampleProjectKey } from './organization';
export { sampleTransport } from './transport';

/**
 * The sample organization Harbor Labs, an invented port company, which needs no key. Each call creates a new one with
 * the same IDs. Its changes last as long as the object.
 */
export function createSampleOrganization(
  options: Partial<SampleOrganizationOptions> = {},
): SampleOrganization {
  return new SampleOrganization({
    name: 'Harbor Labs',
    slug: 'harbor-labs',
    baseURL: 'https://sample.invalid/v1',
    // Its beginning and end are those of the first listed key.
    adminAPIKey: 'sk-admin-sample-1xQ',
    projectAPIKey: 'sample-project',
    now: Date.now,
    seed: 7,
    fill: fillHarborLabs,
    ...options,
  });
}

/** A smaller sample organization: Juniper Clinics, an invented chain of clinics. */
export function createSecondSampleOrganization(
  options: Partial<SampleOrganizationOptions> = {},
): SampleOrganization {
  return new SampleOrganization({
    name: 'Juniper Clinics',
    slug: 'juniper-clinics',
    baseURL: 'https://second-sample.invalid/v1',
    adminAPIKey: 'sk-admin-sample-2-1xQ',
    projectAPIKey: 'second-sample-project',
    now: Date.now,
    seed: 11,
    fill: fillJuniperClinics,
    ...options,
  });
}
