//! The period of events to list.

use clap::Args;
use docspace::Timestamp;

use super::values;

/// The flags for a period and for the number of events.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct PeriodArgs {
    /// List only events from this time on: an age such as 30days, or a date
    #[arg(long, value_name = "AGE", value_parser = values::age)]
    pub(crate) since: Option<Timestamp>,
    /// List only events until this time: an age such as 7days, or a date, whose day is included
    #[arg(long, value_name = "AGE", value_parser = values::end_of_period)]
    pub(crate) until: Option<Timestamp>,
    /// List at most this many events (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,
}
