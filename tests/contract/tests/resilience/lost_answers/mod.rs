//! Calls that the portal carried out, or may have carried out, although the answer was lost.

mod creations;
mod removals;
