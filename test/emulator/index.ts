export { type Clock, ManualClock } from './clock';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator';
export { cursorTraps, type Fault, faults, gateways } from './faults';
export type { Gate } from './gate';
export { type GatewayBehavior, hash, InProcessEmulator } from './inProcess';
export { createLargeSampleOrganization } from './largeOrganization';
export { type RateLimiter, rateLimit } from './rateLimit';
export type { Matcher, RequestRecord } from './requestRecord';
