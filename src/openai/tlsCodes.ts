/** Codes of Node for a certificate that is not trusted. */
export const certificateCode =
  /CERT|^UNABLE_TO_|^SELF_SIGNED|CRL|^INVALID_(?:CA|PURPOSE)$|^HOSTNAME_MISMATCH|^PATH_LENGTH|_KEY_TOO_SMALL$|^UNSPECIFIED$/;
/** Codes for a certificate of an unknown authority. */
export const unknownAuthorityCode = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;
/** Codes for a failed TLS handshake. */
export const tlsCode = /^(?:ERR_SSL|EPROTO|ERR_TLS|ERR_OSSL)/;
