//! Reading manifests. All problems of all files are found at once, each with its place.

mod link;
mod load;
mod reader;
mod room;
mod set;
mod settings;
mod source;
mod structure;
mod values;

pub use load::load;
pub use set::parse;
pub use source::{Source, sources};
