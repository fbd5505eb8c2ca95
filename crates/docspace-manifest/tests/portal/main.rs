//! Manifests on the mock portal: applied, exported, interrupted and applied again.

mod examples;
mod folders;
mod interruptions;
mod people;
mod requests;
mod stops;
mod support;
