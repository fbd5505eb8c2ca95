//! Whether the spec, the generated client and the mock portal are true to a real portal: all three are compared with
//! the recordings of one.

mod conformance;
mod generated_client;
mod generated_types;
mod guides;
mod replay;
