//! The same API without async.

#[rustfmt::skip]
mod generated;
mod runtime;

pub use generated::*;
pub use runtime::Items;
