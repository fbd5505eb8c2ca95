//! The period of events to list.

use clap::Args;
use docspace::Timestamp;

use super::values;
use crate::failure::Failure;
use crate::output::local_time;

/// The flags for a period and for the number of events.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct PeriodArgs {
    /// List only events since this time: an age such as 30days, or a date such as 2026-01-31 in
    /// your time zone
    #[arg(long, value_name = "AGE", value_parser = values::age)]
    pub(crate) since: Option<Timestamp>,
    /// List only events until this time: an age such as 7days, or a date (including that day)
    #[arg(long, value_name = "AGE", value_parser = values::end_of_period)]
    pub(crate) until: Option<Timestamp>,
    /// List at most this many events (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,
}

impl PeriodArgs {
    /// Fails if the period ends before it begins, with the times as the person typed them: in the
    /// time zone of this computer.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match (self.since, self.until) {
            (Some(since), Some(until)) if until < since => {
                let (until, since) = (local_time(until), local_time(since));
                Err(Failure::usage(format!("the period ends at {until}, before it begins at {since}"))
                    .advise("swap the values of --since and --until"))
            }
            _ => Ok(()),
        }
    }
}
