//! Compares the spec, the generated client and the mock portal with the recordings of a real
//! portal.

mod conformance;
mod generated_client;
mod generated_types;
mod guides;
mod news;
mod replay;
mod webhooks;
