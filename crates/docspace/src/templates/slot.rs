//! The one place a portal has for a template that is being made, and the one for a room from a template.
//!
//! Both belong to the whole portal and have no id. While one is taken, a further request is answered with 200 and the
//! status of the first, and dropped for good (portal-facts 8.2). So the place is looked at before anything is sent, and
//! what came out is looked at before it is called one's own.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use docspace_api::types::{Room, RoomFromTemplateStatus, TemplateStatus};
use docspace_api::{ClientTemplatesExt, Error as ApiError, RoomId, SearchArea};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::operations::{Operation, Stage, Watch};
use crate::portal::Portal;
use crate::rooms::{ListRooms, find_room};
use crate::runtime::{BoxFuture, Instant};
use crate::text;

/// Both places, as far as this program uses them.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    templates: Slot,
    rooms: Slot,
}

#[derive(Debug, Default)]
struct Slot {
    /// Held from looking at the place until the request has been answered.
    turn: tokio::sync::Mutex<()>,
    /// The last job of this program.
    last: Mutex<Option<Arc<Job>>>,
    /// What was last seen under way there, and when. Held while looking, so that all who wait make one request, and while
    /// a job takes the place, so that nobody takes what was there before for that job's.
    looked: tokio::sync::Mutex<Looked>,
}

/// A job of this program, with its end once somebody has seen it; none as the end when the portal had forgotten it.
#[derive(Debug, Default)]
struct Job {
    end: OnceLock<Option<Status>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Template,
    Room,
}

impl Kind {
    fn slot(self, portal: &Portal) -> &Slot {
        match self {
            Self::Template => &portal.slots().templates,
            Self::Room => &portal.slots().rooms,
        }
    }

    /// What cannot be done, as an error names it.
    fn cancelling(self) -> &'static str {
        match self {
            Self::Template => "cancel_template",
            Self::Room => "cancel_room_from_template",
        }
    }

    fn fits(self, room: &Room) -> bool {
        match self {
            Self::Template => room.is_template(),
            Self::Room => room.is_active(),
        }
    }

    /// What there is of this title.
    async fn of_title(self, portal: &Portal, title: &str) -> Result<Vec<Room>> {
        let area = match self {
            Self::Template => SearchArea::Templates,
            Self::Room => SearchArea::Active,
        };
        let listed = ListRooms::new(portal.clone()).area(area).search(text::as_stored(title)).all().await?;
        Ok(listed.into_iter().filter(|room| text::same_title(&room.title, title)).collect())
    }

    /// What is in the place; none when nothing was, or what was has ended more than a minute ago.
    async fn status(self, portal: &Portal) -> Result<Option<Status>> {
        Ok(match self {
            Self::Template => {
                let call = Call::new("get_template_status", "of the portal");
                let envelope = call.envelope(portal.api().get_template_status().send().await).await?;
                envelope.response.map(Into::into)
            }
            Self::Room => {
                let call = Call::new("get_room_from_template_status", "of the portal");
                let envelope = call.envelope(portal.api().get_room_from_template_status().send().await).await?;
                envelope.response.map(Into::into)
            }
        })
    }
}

/// What both kinds of status say.
#[derive(Clone, Debug)]
pub(super) struct Status {
    /// What is being made, once it is known.
    made: Option<i32>,
    progress: f64,
    error: String,
    done: bool,
}

impl From<TemplateStatus> for Status {
    fn from(status: TemplateStatus) -> Self {
        let made = Some(status.template_id).filter(|id| *id > 0);
        Self { made, progress: status.progress, error: status.error, done: status.is_completed }
    }
}

impl From<RoomFromTemplateStatus> for Status {
    fn from(status: RoomFromTemplateStatus) -> Self {
        let made = Some(status.room_id).filter(|id| *id > 0);
        Self { made, progress: status.progress, error: status.error, done: status.is_completed }
    }
}

/// Sends the request, and hands out the status that answered it.
type Send = dyn Fn(Portal) -> BoxFuture<'static, Result<Option<Status>, ApiError<()>>> + std::marker::Send + Sync;

/// Waits for the place, takes it, and makes what is asked for.
pub(super) async fn start(
    portal: Portal,
    kind: Kind,
    call: Call,
    title: String,
    send: impl Fn(Portal) -> BoxFuture<'static, Result<Option<Status>, ApiError<()>>> + std::marker::Send + Sync + 'static,
) -> Result<Operation<Room>> {
    let (job, before) = take(&portal, kind, &call, &title, &send).await?;
    let policy = portal.wait_policy().clone();
    let work = SlotWork { portal, kind, call: call.clone(), title, before, job };
    Ok(Operation::new(call, &policy, move |watch| -> BoxFuture<'static, Result<Option<Room>>> {
        Box::pin(async { work.follow(watch).await.map(Some) })
    }))
}

/// Takes the place once it is free. Returns what had the title before, too.
async fn take(
    portal: &Portal,
    kind: Kind,
    call: &Call,
    title: &str,
    send: &Send,
) -> Result<(Arc<Job>, HashSet<RoomId>)> {
    let (slot, deadline, began) = (kind.slot(portal), portal.wait_policy().deadline, Instant::now());
    let _turn = slot.turn.lock().await;
    let mut watch = Watch::new(portal.wait_policy().clone());
    loop {
        let mut looked = slot.looked.lock().await;
        if !slot.is_taken(portal, kind, &mut looked, watch.freshness()).await? {
            // Not earlier: what was made while this waited is not what comes out of it.
            let before = kind.of_title(portal, title).await?.into_iter().map(|room| room.id).collect();
            let answer = call.outcome(send(portal.clone()).await).await?;
            // An answer that knows what is being made, or how far it is, belongs to somebody who was faster.
            if answer.is_none_or(|status| status.made.is_none() && status.progress <= 0.0) {
                let job = Arc::new(Job::default());
                *slot.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&job));
                return Ok((job, before));
            }
        }
        drop(looked);
        if began.elapsed() >= deadline {
            let reason = format!("the portal was busy with another one for {:.0} s", deadline.as_secs_f64().ceil());
            return Err(Error::new(ErrorKind::Timeout, reason).of(call).advise("it was not started: try again later"));
        }
        watch.pause().await;
    }
}

/// What is under way in a place, as it was last seen.
type Looked = Option<(Instant, Status)>;

fn recent(looked: &Looked, fresh: Duration) -> Option<&Status> {
    looked.as_ref().filter(|(at, _)| at.elapsed() < fresh).map(|(_, status)| status)
}

impl Slot {
    /// Whether something is under way in the place. That nothing is must be seen anew.
    async fn is_taken(&self, portal: &Portal, kind: Kind, looked: &mut Looked, fresh: Duration) -> Result<bool> {
        Ok(recent(looked, fresh).is_some() || self.read(portal, kind, looked).await?.is_some_and(|seen| !seen.done))
    }

    /// How it stands with a job.
    async fn look(&self, portal: &Portal, kind: Kind, job: &Job, fresh: Duration) -> Result<Option<Status>> {
        let mut looked = self.looked.lock().await;
        if let Some(end) = job.end.get() {
            return Ok(end.clone());
        }
        match recent(&looked, fresh) {
            Some(status) => Ok(Some(status.clone())),
            None => self.read(portal, kind, &mut looked).await,
        }
    }

    /// Reads the status. What ends is the last job: the next one takes the place and the status with it.
    async fn read(&self, portal: &Portal, kind: Kind, looked: &mut Looked) -> Result<Option<Status>> {
        let status = kind.status(portal).await?;
        *looked = status.clone().filter(|status| !status.done).map(|status| (Instant::now(), status));
        if looked.is_none()
            && let Some(last) = &*self.last.lock().unwrap_or_else(PoisonError::into_inner)
        {
            last.end.get_or_init(|| status.clone());
        }
        Ok(status)
    }
}

struct SlotWork {
    portal: Portal,
    kind: Kind,
    call: Call,
    title: String,
    /// What had this title before.
    before: HashSet<RoomId>,
    job: Arc<Job>,
}

impl SlotWork {
    async fn follow(self, mut watch: Watch) -> Result<Room> {
        let (slot, mut made) = (self.kind.slot(&self.portal), None);
        loop {
            if watch.is_stopping() {
                return Err(self.cannot_stop());
            }
            let status = slot.look(&self.portal, self.kind, &self.job, watch.freshness()).await?;
            match status {
                Some(status) if !status.done => {
                    made = status.made.or(made);
                    watch.report(if made.is_some() { Stage::Running } else { Stage::Accepted }, None);
                }
                Some(end) => {
                    watch.report(Stage::Verifying, None);
                    return self.verify(end.made.or(made), Some(end.error.as_str())).await;
                }
                // The portal forgets a status a minute after its last change.
                None => {
                    watch.report(Stage::Verifying, None);
                    return self.verify(made, None).await;
                }
            }
            watch.pause().await;
        }
    }

    /// The status is anybody's, so what came out counts only when it is what was asked for; and when it is not, what was
    /// asked for may be there all the same, made before somebody else took the place.
    async fn verify(&self, made: Option<i32>, error: Option<&str>) -> Result<Room> {
        let known = match made {
            Some(id) => find_room(&self.portal, &RoomId::from(id)).await?,
            None => None,
        };
        if let Some(room) = known.filter(|room| self.is_own(room)) {
            return Ok(room);
        }
        let found = self.kind.of_title(&self.portal, &self.title).await?;
        let newest = found.into_iter().filter(|room| self.is_own(room)).max_by_key(|room| room.created);
        newest.ok_or_else(|| match error {
            Some("") => self.failed("somebody else was making one, and the portal dropped this one"),
            Some(error) => self.failed(error),
            None => self.failed("the portal no longer knows how it ended"),
        })
    }

    fn is_own(&self, room: &Room) -> bool {
        self.kind.fits(room) && text::same_title(&room.title, &self.title) && !self.before.contains(&room.id)
    }

    fn cannot_stop(&self) -> Error {
        let call = Call::new(self.kind.cancelling(), format!("`{}`", self.title));
        Error::invalid("a portal has no way to stop it").of(&call).advise("wait for it, and delete what comes out")
    }

    fn failed(&self, reason: &str) -> Error {
        let advice = "look whether it is there before trying again";
        Error::new(ErrorKind::Operation, reason).of(&self.call).advise(advice)
    }
}
