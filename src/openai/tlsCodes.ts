/** Codes of a certificate that is not trusted, as Node has them. */
export const certificateCode =
  /CERT|^UNABLE_TO_|^SELF_SIGNED|CRL|^INVALID_(?:CA|PURPOSE)$|^HOSTNAME_MISMATCH|^PATH_LENGTH|_KEY_TOO_SMALL$|^UNSPECIFIED$/;
/** Those of a certificate whose authority is not known. */
export const unknownAuthorityCode = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;
/** Codes of two sides that cannot agree on a secure connection. */
export const tlsCode = /^(?:ERR_SSL|EPROTO|ERR_TLS|ERR_OSSL)/;
