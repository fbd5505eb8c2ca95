//! What a wait reports while it goes on.

use std::fmt;
use std::time::Duration;

/// The state of a wait at one moment.
///
/// ```
/// use docspace::waiting::Progress;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let show = |now: &Progress| match now.percent {
///     Some(percent) => eprintln!("{} {percent} %", now.stage),
///     None => eprintln!("{} since {:.0?}", now.stage, now.elapsed),
/// };
/// portal.room(&room).delete().await?.on_progress(show).wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The step that the work has reached.
    pub stage: Stage,
    /// How much is done, 0 to 100, where the portal reports it. It does not for templates.
    pub percent: Option<u8>,
    /// How long the wait has taken so far.
    pub elapsed: Duration,
}

/// The steps of a wait.
///
/// ```
/// use docspace::waiting::Stage;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let archiving = portal.room(&room).archive().await?.on_progress(|now| match now.stage {
///     Stage::Restarted => eprintln!("the portal dropped it; started again"),
///     stage => eprintln!("{stage}"),
/// });
/// archiving.wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The portal has accepted the work.
    Accepted,
    /// The portal has begun the work.
    Running,
    /// The portal dropped the work, so it was started again.
    Restarted,
    /// The portal reports that the work has ended; the result is being checked.
    Verifying,
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

/// One item of a wait that is read as a stream. Made by [`Operation::events`](crate::Operation::events).
///
/// ```
/// use docspace::waiting::Event;
/// use futures::TryStreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let mut events = portal.room(&room).archive().await?.events();
/// while let Some(event) = events.try_next().await? {
///     match event {
///         Event::Progress(now) => eprintln!("{} {:?}", now.stage, now.percent),
///         Event::Done(room) => assert!(room.is_archived()),
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Event<T> {
    /// What a poll found.
    Progress(Progress),
    /// The end, with the result.
    Done(T),
}
