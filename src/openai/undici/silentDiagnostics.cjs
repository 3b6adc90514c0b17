// Stands in for node:diagnostics_channel in the bundle of undici (see esbuild.mjs): nobody can subscribe.
'use strict';

const silent = { hasSubscribers: false, publish() {}, subscribe() {}, unsubscribe: () => false };

module.exports = {
  channel: (name) => ({ ...silent, name }),
  hasSubscribers: () => false,
  subscribe() {},
  unsubscribe: () => false,
};
