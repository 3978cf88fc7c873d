// Made by frontend/identity_tables.mjs when the scripts are bundled.
declare module "identity-tables" {
  /** exposure_index/fold.tsv, packed. */
  export const FOLD: string;
  /** SHA-256 of fold.tsv and identity_vectors.json, in hex: what a manifest names as `identity`. */
  export const IDENTITY_HASH: string;
}
