export * as cursorTraps from './cursorTraps';
export type { Fault } from './fault';
export * as faults from './faults';
export * as gateways from './gateways';
