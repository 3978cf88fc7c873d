// Made by frontend/identity_tables.mjs when the scripts are bundled; tables.ts unpacks the tables.
declare module "identity-tables" {
  /** exposure_index/fold.tsv, packed. */
  export const FOLD: string;
  /** exposure_index/lookalikes.tsv, packed. */
  export const LOOKALIKES: string;
  /** exposure_index/latin.tsv: its characters, packed, and what stands for each. */
  export const LATIN: [string, string];
  /** SHA-256 of the tables and vectors, in hex: what a manifest names as `identity`. */
  export const IDENTITY_HASH: string;
}
