// The package's own entry only adds a line on stderr about Node 20, on which it works (see docs/decisions).
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
declare module 'oidc-provider/lib/helpers/errors.js' {
  import type { errors } from 'oidc-provider';

  export const { InvalidClientAuth, InvalidClientMetadata, InvalidGrant, InvalidToken }: typeof errors;
}
