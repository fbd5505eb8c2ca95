//! Calls whose answer was lost after the portal executed them, or may have executed them.

mod creations;
mod removals;
