//! Rooms as code: `docspace plan`, `docspace apply` and `docspace export`.

mod apply;
mod carry;
mod export;
mod files;
mod limits;
mod plan;
mod record;
mod saved;

pub(crate) use apply::ApplyArgs;
pub(crate) use carry::carry_out;
pub(crate) use export::ExportArgs;
pub(crate) use limits::max_removals;
pub(crate) use plan::PlanArgs;
pub(crate) use record::AppliedRecord;
