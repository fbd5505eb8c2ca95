//! What a wait reports until it ends.

use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

/// The state of a wait at one moment.
///
/// ```
/// use docspace::waiting::Progress;
///
/// # doc_examples::with_room(async |_, room| {
/// let show = |progress: &Progress| match progress.percent {
///     Some(percent) => eprintln!("{}: {percent} %", progress.stage),
///     None => eprintln!("{} after {:.0?}", progress.stage, progress.elapsed),
/// };
/// room.delete().await?.on_progress(show).wait().await?;
/// # Ok(())
/// # });
/// ```
///
/// JSON has the same fields, with `elapsed` in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// The stage that the operation has reached.
    pub stage: Stage,
    /// How much is done, in percent, if the portal reports it. `None` for templates.
    pub percent: Option<u8>,
    /// How long the wait has taken so far.
    #[serde(with = "crate::seconds")]
    pub elapsed: Duration,
}

/// The stages of a wait.
///
/// ```
/// use docspace::waiting::Stage;
///
/// # doc_examples::with_room(async |_, room| {
/// let archiving = room.archive().await?.on_progress(|progress| match progress.stage {
///     Stage::Restarted => eprintln!("the portal dropped it; started again"),
///     stage => eprintln!("{stage}"),
/// });
/// archiving.wait().await?;
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The portal has accepted the operation.
    Accepted,
    /// The portal has begun the operation.
    Running,
    /// The portal dropped the operation, so the client started it again.
    Restarted,
    /// The portal reports that the operation has ended, and the client checks the result.
    Verifying,
}

/// As its name: `started again`.
impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Accepted => "accepted",
            Self::Running => "running",
            Self::Restarted => "started again",
            Self::Verifying => "verifying",
        })
    }
}

/// An item of the stream that reports a wait. Returned by
/// [`Operation::events`](crate::Operation::events).
///
/// ```
/// use docspace::waiting::Event;
/// use futures::TryStreamExt;
///
/// # doc_examples::with_room(async |_, room| {
/// let mut events = room.archive().await?.events();
/// while let Some(event) = events.try_next().await? {
///     match event {
///         Event::Progress(progress) => eprintln!("{} {:?}", progress.stage, progress.percent),
///         Event::Done(room) => assert!(room.is_archived()),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # });
/// ```
///
/// JSON is an object with one field, `progress` or `done`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event<T> {
    /// The operation is in progress.
    Progress(Progress),
    /// The operation is done. Contains its result.
    Done(T),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn events_are_written_as_json() {
        let elapsed = Duration::from_millis(1500);
        let progress = Progress { stage: Stage::Restarted, percent: None, elapsed };
        let event: Event<()> = Event::Progress(progress);
        let expected = json!({ "progress": { "stage": "started again", "percent": null, "elapsed": 1.5 } });
        assert_eq!(serde_json::to_value(&event).unwrap(), expected);
        assert_eq!(serde_json::to_value(Event::Done(17)).unwrap(), json!({ "done": 17 }));
    }
}
